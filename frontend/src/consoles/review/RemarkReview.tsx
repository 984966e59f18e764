import { useState } from 'react'
import { client } from '../../api/client'
import type { Remark } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { DecisionButton } from './DecisionControls'
import { REMARK_LIST_KEY } from './queries'
import { RemarkFacts, remarkKind } from './RemarkFacts'
import { RemarkRefuseForm } from './RemarkRefuseForm'
import styles from './RemarksPage.module.css'
import { remarkMessages } from './remarkMessages'
import { useShortcuts } from './useShortcuts'

type RemarkDecision = { show: true } | { show: false; body: { reason: string; note: string } }

/** One comment, danmaku or proposal, with what is known of it, and the decision to publish it. */
export function RemarkReview({
  remark,
  onNavigate,
  onDecided,
}: {
  remark: Remark
  onNavigate: (step: 1 | -1) => void
  onDecided: (decided: Remark) => void
}) {
  const t = useMessages(remarkMessages)
  const [isRefusing, setIsRefusing] = useState(false)
  const decide = useIdempotentMutation(
    (decision: RemarkDecision, header): Promise<{ data?: Remark }> => {
      const params = { path: { speech_id: remark.id }, header }
      return decision.show
        ? client.POST('/api/v1/review/speech/{speech_id}/show', { params })
        : client.POST('/api/v1/review/speech/{speech_id}/refuse', { params, body: decision.body })
    },
    { invalidates: [REMARK_LIST_KEY], onSuccess: onDecided },
  )
  const { state, may_decide: mayDecide } = remark
  const isShown = state === 'shown'
  const canShow = mayDecide && state !== 'withdrawn' && (!isShown || remark.reports.length > 0)
  const canRefuse = mayDecide && (state === 'held' || isShown || state === 'checking')
  const show = () => {
    if (canShow && !decide.isPending) decide.mutate({ show: true })
  }
  useShortcuts({
    j: () => onNavigate(1),
    k: () => onNavigate(-1),
    ArrowDown: () => onNavigate(1),
    ArrowUp: () => onNavigate(-1),
    a: show,
    r: () => canRefuse && setIsRefusing(true),
    Escape: () => setIsRefusing(false),
  })

  return (
    <section className={styles.review} aria-label={t(`kind_${remarkKind(remark)}`)}>
      <RemarkFacts remark={remark} />
      <aside className={styles.decide} aria-label={t('decide')}>
        <h2>{t('decide')}</h2>
        {!mayDecide && <p className={styles.muted}>{t('own')}</p>}
        {canShow && (
          <DecisionButton
            color="jade"
            shortcut="A"
            loading={decide.isPending && !isRefusing}
            onClick={show}
          >
            {t(isShown ? 'keep' : 'show')}
          </DecisionButton>
        )}
        {canRefuse && (
          <DecisionButton
            color="cinnabar"
            shortcut="R"
            aria-expanded={isRefusing}
            onClick={() => setIsRefusing(!isRefusing)}
          >
            {t(isShown ? 'takeDown' : 'refuse')}
          </DecisionButton>
        )}
        {isRefusing && canRefuse && (
          <RemarkRefuseForm
            isSubmitting={decide.isPending}
            onSubmit={(body) => decide.mutate({ show: false, body })}
            onCancel={() => setIsRefusing(false)}
          />
        )}
        <ProblemAlert error={decide.error} />
        <p className={styles.keys}>{t('keys')}</p>
      </aside>
    </section>
  )
}
