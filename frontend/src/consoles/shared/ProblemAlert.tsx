import { Problem } from '../../api/problem'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from './messages'
import styles from './ProblemAlert.module.css'

/** A refusal beside the form or button that it answers, in the server's own words. */
export function ProblemAlert({ error }: { error: unknown }) {
  const t = useMessages(consoleMessages)
  if (!error) return null
  const problem = error instanceof Problem ? error : null
  // Faults of a row are told at the row.
  const messages = new Set(
    problem?.errors
      .filter((fieldError) => fieldError.index === undefined)
      .map((fieldError) => fieldError.message) ?? [],
  )
  messages.delete(problem?.title ?? '')
  messages.delete(problem?.detail ?? '')
  return (
    <div role="alert" className={styles.alert}>
      <strong>{problem?.title ?? String((error as Error).message ?? error)}</strong>
      {problem?.detail && <p>{problem.detail}</p>}
      {messages.size > 0 && (
        <ul>
          {[...messages].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {problem?.requestId && problem.status >= 500 && (
        <small>{t('requestId', { id: problem.requestId })}</small>
      )}
    </div>
  )
}
