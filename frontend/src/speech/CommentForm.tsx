import { useEffect, useId, useRef } from 'react'
import { client } from '../api/client'
import type { Comment, Reply } from '../api/types'
import { useMessages } from '../i18n/messages'
import styles from './CommentSheet.module.css'
import { speechMessages } from './messages'
import { CharactersLeft, SubmitError } from './TextFieldNotes'
import { useTextDraft } from './useTextDraft'

const MAX_LENGTH = 300

/** The field for a comment, or an answer to one. */
export function CommentForm({
  episodeId,
  replyingTo,
  onReplyEnded,
  onPosted,
}: {
  episodeId: string
  replyingTo: Reply | null
  onReplyEnded: () => void
  onPosted: () => void
}) {
  const t = useMessages(speechMessages)
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useTextDraft<{ reply_to: string | null }, Comment>({
    key: `comment ${episodeId} ${replyingTo?.id ?? ''}`,
    send: (body) =>
      client.POST('/api/v1/episodes/{episode_id}/comments', {
        params: { path: { episode_id: episodeId } },
        body,
      }),
    identityOf: ({ reply_to }) => reply_to ?? '',
    onSent: () => {
      onReplyEnded()
      onPosted()
    },
  })
  const left = MAX_LENGTH - [...draft.text].length
  const canSend = draft.text.trim() !== '' && left >= 0 && !draft.sending
  const send = () => {
    if (canSend) draft.send({ reply_to: replyingTo?.id ?? null })
  }
  useEffect(() => {
    if (replyingTo) field.current?.focus()
  }, [replyingTo])
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {replyingTo && (
        <p className={styles.replyingTo}>
          <span>{t('answerTo', { name: replyingTo.author.display_name })}</span>
          <button type="button" onClick={onReplyEnded}>
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
            value={draft.text}
            placeholder={t('saySomething')}
            aria-invalid={left < 0 || undefined}
            onChange={(event) => draft.setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            }}
          />
          <CharactersLeft left={left} from={40} />
        </div>
        <button type="submit" className={styles.send} disabled={!canSend}>
          {t('send')}
        </button>
      </div>
      <SubmitError error={draft.error} />
      <p className={styles.note}>{t('ruleNote')}</p>
    </form>
  )
}
