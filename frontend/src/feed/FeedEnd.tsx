import { lazy, Suspense } from 'react'
import { useMessages } from '../i18n/messages'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import styles from './FeedEnd.module.css'
import { feedMessages } from './messages'

const FeedFinished = lazy(() =>
  import('./FeedFinished').then((file) => ({ default: file.FeedFinished })),
)

interface FeedEndProps {
  active: boolean
  loading: boolean
  more: boolean
  error: unknown
  onRetry: () => void
  onTop: () => void
}

/** The page after the last film: loading more, an error with a retry, or the end of the feed. */
export function FeedEnd({ active, loading, more, error, onRetry, onTop }: FeedEndProps) {
  const t = useMessages(feedMessages)
  return (
    <div className={styles.end} inert={!active}>
      {error ? (
        <ErrorState error={error} level={2} onRetry={onRetry} />
      ) : more || loading ? (
        <Spinner label={t('moreLoading')} />
      ) : (
        active && (
          <Suspense fallback={<Spinner />}>
            <FeedFinished onTop={onTop} />
          </Suspense>
        )
      )}
    </div>
  )
}
