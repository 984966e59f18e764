import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Proposal } from '../api/types'
import { untyped as api } from '../api/untyped'
import { useFormat } from '../i18n/format'
import { useWords } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Doubt } from '../speech/Doubt'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { notify } from '../ui/Notice'
import { Seal } from '../ui/Seal'
import styles from './IdeaItem.module.css'
import { togetherMessages } from './messages'

/** One proposal, with what its author or another reader can do about it. `listed`: everybody reads it. */
export function IdeaItem({ idea, listed = true }: { idea: Proposal; listed?: boolean }) {
  const t = useMessages(togetherMessages)
  const words = useWords()
  const format = useFormat()
  const adopted = idea.state === 'adopted'
  return (
    <li className={styles.idea}>
      <div className={styles.words}>
        <h3>
          {adopted && <Seal text="采" size={28} />}
          {idea.title}
        </h3>
        {idea.from_episode && (
          <p className={styles.branch}>
            <Icon name="fork" size={16} />
            {t('branch', { number: idea.from_episode.number, text: idea.choice_text })}
          </p>
        )}
        <p className={styles.text}>{idea.text}</p>
        <p className={styles.facts}>
          {adopted && <strong className={styles.adopted}>{t('adopted')}</strong>}
          <span>
            {t('byLine', { name: idea.author.display_name, when: format.ago(idea.created_at) })}
          </span>
        </p>
        {idea.reply && <p className={styles.reply}>{t('replied', { text: words(idea.reply) })}</p>}
        {idea.mine ? <Fate idea={idea} /> : <Report idea={idea} />}
      </div>
      {listed && <Support idea={idea} />}
    </li>
  )
}

function Support({ idea }: { idea: Proposal }) {
  const t = useMessages(togetherMessages)
  const [told, setTold] = useState<{ supports: number; supported: boolean } | null>(null)
  const { supports, supported } = told ?? idea
  const support = useMutation({
    mutationFn: (on: boolean) =>
      api[on ? 'put' : 'delete']<{ supports: number; supported: boolean }>(
        `/proposals/${idea.id}/support`,
      ),
    onSuccess: setTold,
    onError: (error) => notify(error.message),
  })
  const count = supports > 0 ? t('supports', { n: supports }) : t('supportsNone')
  if (idea.mine) return <p className={styles.count}>{count}</p>
  return (
    <div className={styles.support}>
      <button
        type="button"
        aria-pressed={supported}
        aria-label={t('supportOf', { title: idea.title })}
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

function Report({ idea }: { idea: Proposal }) {
  const t = useMessages(togetherMessages)
  const [doubting, setDoubting] = useState(false)
  return (
    <>
      <div className={styles.fate}>
        <Button
          look="quiet"
          aria-expanded={doubting}
          aria-label={t('reportOf', { title: idea.title })}
          onClick={() => setDoubting(!doubting)}
        >
          {t('report')}
        </Button>
      </div>
      {doubting && <Doubt id={idea.id} onClose={() => setDoubting(false)} />}
    </>
  )
}

/** How one's own proposal fares, and what one can do about it. */
function Fate({ idea }: { idea: Proposal }) {
  const t = useMessages(togetherMessages)
  const words = useWords()
  const client = useQueryClient()
  const [sure, setSure] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: ['proposals', idea.series_id] })
  const withdraw = useMutation({
    mutationFn: () => api.delete(`/proposals/${idea.id}`),
    onSuccess: () => {
      notify(t('withdrawn'))
      return refresh()
    },
    onError: (error) => {
      notify(error.message)
      return refresh()
    },
  })
  const ask = useMutation({
    mutationFn: () => api.post(`/speech/${idea.id}/ask`),
    onSuccess: () => {
      notify(t('asked'))
      return refresh()
    },
    onError: (error) => notify(error.message),
  })
  const state = idea.speech_state
  return (
    <div className={styles.fate}>
      {idea.state === 'open' && (
        <p data-state={state}>
          {state === 'withdrawn' ? t('withdrawn') : t(state)}
          {idea.reason && <span> · {words(idea.reason)}</span>}
        </p>
      )}
      {idea.state === 'declined' && <p>{t('declined')}</p>}
      {idea.may_ask && (
        <Button look="quiet" disabled={ask.isPending} onClick={() => ask.mutate()}>
          {t('ask')}
        </Button>
      )}
      {idea.state === 'open' &&
        (sure ? (
          <>
            <p>{t('withdrawAsk', { title: idea.title })}</p>
            <Button look="cinnabar" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {t('yes')}
            </Button>
            <Button look="quiet" onClick={() => setSure(false)}>
              {t('no')}
            </Button>
          </>
        ) : (
          <Button look="quiet" onClick={() => setSure(true)}>
            {t('withdraw')}
          </Button>
        ))}
    </div>
  )
}
