import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client'
import type { Speech } from '../api/types'
import { useFormat } from '../i18n/format'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { showToast } from '../ui/Toast'
import styles from './CommentSheet.module.css'
import { speechMessages } from './messages'
import { ReportForm } from './ReportForm'

/** One person's words, how they stand where they are one's own, and what one can do with them. */
export function CommentItem({
  comment,
  onChanged,
  onReply,
}: {
  comment: Speech
  onChanged: () => void
  onReply: () => void
}) {
  const t = useMessages(speechMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const { mine, state } = comment
  const appeal = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/speech/{speech_id}/request-review', {
        params: { path: { speech_id: comment.id } },
      }),
    onSuccess: () => showToast(t('asked')),
    onError: (error) => showToast(error.message),
    onSettled: onChanged,
  })
  return (
    <>
      <p className={styles.author}>
        <strong className={mine ? styles.mine : undefined}>{comment.author.display_name}</strong>
        <time dateTime={comment.created_at}>{format.ago(comment.created_at)}</time>
      </p>
      <p className={styles.text}>{comment.text}</p>
      {mine && (state === 'checking' || state === 'held' || state === 'refused') && (
        <p className={styles.state} data-state={state} role="status">
          {t(`state_${state}`)}
          {comment.reason && t('why', { reason: localized(comment.reason) })}
        </p>
      )}
      <SpeechActions id={comment.id} mine={mine} onChanged={onChanged}>
        {state === 'shown' && (
          <button type="button" onClick={onReply}>
            {t('answer')}
          </button>
        )}
        {comment.may_request_review && (
          <button type="button" disabled={appeal.isPending} onClick={() => appeal.mutate()}>
            {t('askPerson')}
          </button>
        )}
      </SpeechActions>
    </>
  )
}

/** Taking back one's own words, or doubting another's; `children` are what else there is to do. */
export function SpeechActions({
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
  const [isReporting, setIsReporting] = useState(false)
  const deletion = useMutation({
    mutationFn: () =>
      client.DELETE('/api/v1/speech/{speech_id}', { params: { path: { speech_id: id } } }),
    onSuccess: () => {
      showToast(t('takenBack'))
      onChanged()
    },
    onError: (error) => showToast(error.message),
  })
  return (
    <>
      <div className={styles.itemActions}>
        {children}
        {mine ? (
          <button type="button" disabled={deletion.isPending} onClick={() => deletion.mutate()}>
            {t('takeBack')}
          </button>
        ) : (
          <button
            type="button"
            aria-expanded={isReporting}
            onClick={() => setIsReporting(!isReporting)}
          >
            {t('report')}
          </button>
        )}
      </div>
      {isReporting && <ReportForm id={id} onClose={() => setIsReporting(false)} />}
    </>
  )
}
