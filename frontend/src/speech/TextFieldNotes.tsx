/** What the fields for words share: how much room is left, and why something was not taken. */
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { speechMessages } from './messages'
import styles from './TextFieldNotes.module.css'

/** Counts down from `from` characters on, and up beyond the end. */
export function CharactersLeft({ left, from }: { left: number; from: number }) {
  const t = useMessages(speechMessages)
  if (left > from) return null
  return (
    <span className={styles.charactersLeft} data-over={left < 0 || undefined}>
      <span aria-hidden="true">{left}</span>
      <span className="unseen" role="status">
        {left < 0 ? t('tooLong', { n: -left }) : t('left', { n: left })}
      </span>
    </span>
  )
}

/** A refusal in the server's words. The text is still in the field. */
export function SubmitError({ error }: { error: unknown }) {
  if (!error) return null
  const problem = error instanceof Problem ? error : null
  const fieldMessage = problem?.errors[0]?.message
  return (
    <p role="alert" className={styles.error}>
      {fieldMessage ?? problem?.title ?? String((error as Error).message ?? error)}
      {problem?.detail && !fieldMessage ? ` ${problem.detail}` : ''}
    </p>
  )
}
