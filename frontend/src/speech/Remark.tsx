import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Speech } from '../api/types'
import { untyped as api } from '../api/untyped'
import { useFormat } from '../i18n/format'
import { useWords } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { notify } from '../ui/Notice'
import styles from './CommentSheet.module.css'
import { Doubt } from './Doubt'
import { speechMessages } from './messages'

/** One person's words, how they stand where they are one's own, and what one can do with them. */
export function Remark({
  remark,
  onChanged,
  onAnswer,
}: {
  remark: Speech
  onChanged: () => void
  onAnswer: () => void
}) {
  const t = useMessages(speechMessages)
  const words = useWords()
  const format = useFormat()
  const { mine, state } = remark
  const ask = useMutation({
    mutationFn: () => api.post(`/speech/${remark.id}/ask`),
    onSuccess: () => notify(t('asked')),
    onError: (error) => notify(error.message),
    onSettled: onChanged,
  })
  return (
    <>
      <p className={styles.who}>
        <strong className={mine ? styles.mine : undefined}>{remark.author.display_name}</strong>
        <time dateTime={remark.created_at}>{format.ago(remark.created_at)}</time>
      </p>
      <p className={styles.text}>{remark.text}</p>
      {mine && (state === 'checking' || state === 'held' || state === 'refused') && (
        <p className={styles.state} data-state={state} role="status">
          {t(`state_${state}`)}
          {remark.reason && t('why', { reason: words(remark.reason) })}
        </p>
      )}
      <Acts id={remark.id} mine={mine} onChanged={onChanged}>
        {state === 'shown' && (
          <button type="button" onClick={onAnswer}>
            {t('answer')}
          </button>
        )}
        {remark.may_ask && (
          <button type="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
            {t('askPerson')}
          </button>
        )}
      </Acts>
    </>
  )
}

/** Taking back one's own words, or doubting another's; `children` are what else there is to do. */
export function Acts({
  id,
  mine,
  onChanged,
  children,
}: {
  id: string
  mine: boolean
  onChanged: () => void
  children?: React.ReactNode
}) {
  const t = useMessages(speechMessages)
  const [doubting, setDoubting] = useState(false)
  const takeBack = useMutation({
    mutationFn: () => api.delete(`/speech/${id}`),
    onSuccess: () => {
      notify(t('takenBack'))
      onChanged()
    },
    onError: (error) => notify(error.message),
  })
  return (
    <>
      <div className={styles.acts}>
        {children}
        {mine ? (
          <button type="button" disabled={takeBack.isPending} onClick={() => takeBack.mutate()}>
            {t('takeBack')}
          </button>
        ) : (
          <button type="button" aria-expanded={doubting} onClick={() => setDoubting(!doubting)}>
            {t('report')}
          </button>
        )}
      </div>
      {doubting && <Doubt id={id} onClose={() => setDoubting(false)} />}
    </>
  )
}
