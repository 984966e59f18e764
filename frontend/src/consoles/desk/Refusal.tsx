import { Problem } from '../../api/problem'
import { useMessages } from '../../i18n/messages'
import { deskMessages } from './messages'
import styles from './Refusal.module.css'

/** A refusal beside the form or button that it answers, in the server's own words. */
export function Refusal({ error }: { error: unknown }) {
  const t = useMessages(deskMessages)
  if (!error) return null
  const problem = error instanceof Problem ? error : null
  // Faults of a row are told at the row.
  const told = new Set(
    problem?.errors.filter((fault) => fault.index === undefined).map((fault) => fault.message) ??
      [],
  )
  told.delete(problem?.title ?? '')
  told.delete(problem?.detail ?? '')
  return (
    <div role="alert" className={styles.refusal}>
      <strong>{problem?.title ?? String((error as Error).message ?? error)}</strong>
      {problem?.detail && <p>{problem.detail}</p>}
      {told.size > 0 && (
        <ul>
          {[...told].map((message) => (
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
