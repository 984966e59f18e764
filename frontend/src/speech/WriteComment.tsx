import { useEffect, useId, useRef } from 'react'
import type { Comment, Reply } from '../api/types'
import { useMessages } from '../i18n/messages'
import styles from './CommentSheet.module.css'
import { Left, Refused } from './Field'
import { speechMessages } from './messages'
import { useSay } from './useSay'

const MOST = 300

/** The field for a comment, or an answer to one. */
export function WriteComment({
  episodeId,
  answering,
  onAnswered,
  onSaid,
}: {
  episodeId: string
  answering: Reply | null
  onAnswered: () => void
  onSaid: () => void
}) {
  const t = useMessages(speechMessages)
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const saying = useSay<Comment>(`/episodes/${episodeId}/comments`, answering?.id ?? '', () => {
    onAnswered()
    onSaid()
  })
  const left = MOST - [...saying.text].length
  const may = saying.text.trim() !== '' && left >= 0 && !saying.sending
  const send = () => {
    if (may) saying.send({ reply_to: answering?.id ?? null })
  }
  useEffect(() => {
    if (answering) field.current?.focus()
  }, [answering])
  return (
    <form
      className={styles.write}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {answering && (
        <p className={styles.answering}>
          <span>{t('answerTo', { name: answering.author.display_name })}</span>
          <button type="button" onClick={onAnswered}>
            {t('notAnswering')}
          </button>
        </p>
      )}
      <div className={styles.row}>
        <div className={styles.field}>
          <label className="unseen" htmlFor={id}>
            {t('writeComment')}
          </label>
          <textarea
            ref={field}
            id={id}
            rows={1}
            value={saying.text}
            placeholder={t('saySomething')}
            aria-invalid={left < 0 || undefined}
            onChange={(event) => saying.setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            }}
          />
          <Left left={left} from={40} />
        </div>
        <button type="submit" className={styles.send} disabled={!may}>
          {t('send')}
        </button>
      </div>
      <Refused error={saying.error} />
      <p className={styles.note}>{t('ruleNote')}</p>
    </form>
  )
}
