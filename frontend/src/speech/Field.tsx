/** What the fields for words share: how much room is left, and why something was not taken. */
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import styles from './Field.module.css'
import { speechMessages } from './messages'

/** Counts down from `from` characters on, and up beyond the end. */
export function Left({ left, from }: { left: number; from: number }) {
  const t = useMessages(speechMessages)
  if (left > from) return null
  return (
    <span className={styles.left} data-over={left < 0 || undefined}>
      <span aria-hidden="true">{left}</span>
      <span className="unseen" role="status">
        {left < 0 ? t('tooLong', { n: -left }) : t('left', { n: left })}
      </span>
    </span>
  )
}

/** A refusal in the server's words. The text is still in the field. */
export function Refused({ error }: { error: unknown }) {
  if (!error) return null
  const problem = error instanceof Problem ? error : null
  const told = problem?.errors[0]?.message
  return (
    <p role="alert" className={styles.refused}>
      {told ?? problem?.title ?? String((error as Error).message ?? error)}
      {problem?.detail && !told ? ` ${problem.detail}` : ''}
    </p>
  )
}
