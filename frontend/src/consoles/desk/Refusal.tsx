import { Problem } from '../../api/problem'
import { useMessages } from '../../i18n/messages'
import { deskMessages } from './messages'
import styles from './Refusal.module.css'

/** A refusal beside the form or button that it answers, in the server's own words. */
export function Refusal({ error }: { error: unknown }) {
  const t = useMessages(deskMessages)
  if (!error) return null
  const problem = error instanceof Problem ? error : null
  return (
    <div role="alert" className={styles.refusal}>
      <strong>{problem?.title ?? String((error as Error).message ?? error)}</strong>
      {problem?.detail && <p>{problem.detail}</p>}
      {problem && problem.errors.length > 0 && (
        <ul>
          {problem.errors
            .filter((fault) => fault.message !== problem.detail)
            .map((fault) => (
              <li key={`${fault.index ?? ''} ${fault.field} ${fault.message}`}>
                {fault.field ? `${fault.field}: ` : ''}
                {fault.message}
              </li>
            ))}
        </ul>
      )}
      {problem?.requestId && problem.status >= 500 && (
        <small>{t('requestId', { id: problem.requestId })}</small>
      )}
    </div>
  )
}
