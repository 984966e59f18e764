import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../api/client'
import type { Proposal } from '../api/types'
import { useFormat } from '../i18n/format'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { ReportForm } from '../speech/ReportForm'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { SealBadge } from '../ui/SealBadge'
import { showToast } from '../ui/Toast'
import { cocreationMessages } from './messages'
import styles from './ProposalItem.module.css'
import { PROPOSALS_KEY } from './queries'

/** One proposal with what its author or another reader may do. `isListed`: it is public. */
export function ProposalItem({
  proposal,
  isListed = true,
}: {
  proposal: Proposal
  isListed?: boolean
}) {
  const t = useMessages(cocreationMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const isAdopted = proposal.state === 'adopted'
  return (
    <li className={styles.proposal}>
      <div className={styles.content}>
        <h3>
          {isAdopted && <SealBadge text="采" size={28} />}
          {proposal.title}
        </h3>
        {proposal.from_episode && (
          <p className={styles.branch}>
            <Icon name="fork" size={16} />
            {t('branch', { number: proposal.from_episode.number, text: proposal.choice_text })}
          </p>
        )}
        <p className={styles.text}>{proposal.text}</p>
        <p className={styles.facts}>
          {isAdopted && <strong className={styles.adopted}>{t('adopted')}</strong>}
          <span>
            {t('byLine', {
              name: proposal.author.display_name,
              when: format.ago(proposal.created_at),
            })}
          </span>
        </p>
        {proposal.reply && (
          <p className={styles.reply}>{t('replied', { text: localized(proposal.reply) })}</p>
        )}
        {proposal.mine ? (
          <OwnProposalStatus proposal={proposal} />
        ) : (
          <ReportButton proposal={proposal} />
        )}
      </div>
      {isListed && <SupportButton proposal={proposal} />}
    </li>
  )
}

function SupportButton({ proposal }: { proposal: Proposal }) {
  const t = useMessages(cocreationMessages)
  const [latest, setLatest] = useState<{ supports: number; supported: boolean } | null>(null)
  const { supports, supported } = latest ?? proposal
  const support = useMutation({
    mutationFn: (on: boolean) => {
      const params = { path: { proposal_id: proposal.id } }
      return answerOf(
        on
          ? client.PUT('/api/v1/proposals/{proposal_id}/support', { params })
          : client.DELETE('/api/v1/proposals/{proposal_id}/support', { params }),
      )
    },
    onSuccess: setLatest,
    onError: (error) => showToast(error.message),
  })
  const count = supports > 0 ? t('supports', { n: supports }) : t('supportsNone')
  if (proposal.mine) return <p className={styles.count}>{count}</p>
  return (
    <div className={styles.support}>
      <button
        type="button"
        aria-pressed={supported}
        aria-label={t('supportOf', { title: proposal.title })}
        disabled={support.isPending}
        onClick={() => support.mutate(!supported)}
      >
        <Icon name={supported ? 'check' : 'plus'} size={18} />
        {t('support')}
      </button>
      <p className={styles.count} aria-live="polite">
        {count}
      </p>
    </div>
  )
}

function ReportButton({ proposal }: { proposal: Proposal }) {
  const t = useMessages(cocreationMessages)
  const [isReporting, setIsReporting] = useState(false)
  return (
    <>
      <div className={styles.actions}>
        <Button
          look="quiet"
          aria-expanded={isReporting}
          aria-label={t('reportOf', { title: proposal.title })}
          onClick={() => setIsReporting(!isReporting)}
        >
          {t('report')}
        </Button>
      </div>
      {isReporting && <ReportForm id={proposal.id} onClose={() => setIsReporting(false)} />}
    </>
  )
}

/** How the viewer's own proposal fares, and what they can do about it. */
function OwnProposalStatus({ proposal }: { proposal: Proposal }) {
  const t = useMessages(cocreationMessages)
  const localized = useLocalizedText()
  const queryClient = useQueryClient()
  const [isConfirming, setIsConfirming] = useState(false)
  const refresh = () => queryClient.invalidateQueries({ queryKey: PROPOSALS_KEY })
  const withdraw = useMutation({
    mutationFn: () =>
      client.DELETE('/api/v1/proposals/{proposal_id}', {
        params: { path: { proposal_id: proposal.id } },
      }),
    onSuccess: () => {
      showToast(t('withdrawn'))
      return refresh()
    },
    onError: (error) => {
      showToast(error.message)
      return refresh()
    },
  })
  const appeal = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/speech/{speech_id}/request-review', {
        params: { path: { speech_id: proposal.id } },
      }),
    onSuccess: () => {
      showToast(t('asked'))
      return refresh()
    },
    onError: (error) => showToast(error.message),
  })
  const state = proposal.speech_state
  return (
    <div className={styles.actions}>
      {proposal.state === 'open' && (
        <p data-state={state}>
          {state === 'withdrawn' ? t('withdrawn') : t(state)}
          {proposal.reason && <span> · {localized(proposal.reason)}</span>}
        </p>
      )}
      {proposal.state === 'declined' && <p>{t('declined')}</p>}
      {proposal.may_request_review && (
        <Button look="quiet" disabled={appeal.isPending} onClick={() => appeal.mutate()}>
          {t('ask')}
        </Button>
      )}
      {proposal.state === 'open' &&
        (isConfirming ? (
          <>
            <p>{t('withdrawAsk', { title: proposal.title })}</p>
            <Button look="cinnabar" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {t('yes')}
            </Button>
            <Button look="quiet" onClick={() => setIsConfirming(false)}>
              {t('no')}
            </Button>
          </>
        ) : (
          <Button look="quiet" onClick={() => setIsConfirming(true)}>
            {t('withdraw')}
          </Button>
        ))}
    </div>
  )
}
