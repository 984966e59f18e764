import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button } from './Button'
import { EmptyState } from './EmptyState'
import styles from './ErrorState.module.css'
import { uiMessages } from './messages'

/** An error in people's words, with a way to try again. */
export function ErrorState({
  error,
  onRetry,
  level,
}: {
  error: unknown
  onRetry?: () => void
  level?: 1 | 2
}) {
  const t = useMessages(uiMessages)
  const problem = error instanceof Problem ? error : null
  return (
    <div role="alert">
      <EmptyState
        level={level}
        title={problem?.title ?? String((error as Error)?.message ?? error)}
        actions={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
      >
        {problem?.detail && <p>{problem.detail}</p>}
        {problem?.requestId && (
          <p className={styles.reference}>{t('requestId', { id: problem.requestId })}</p>
        )}
      </EmptyState>
    </div>
  )
}
