import { lazy, Suspense } from 'react'
import { useMessages } from '../i18n/messages'
import { Failed, Lamp } from '../ui/State'
import styles from './FeedEnd.module.css'
import { feedMessages } from './messages'

const TheEnd = lazy(() => import('./TheEnd').then((file) => ({ default: file.TheEnd })))

interface FeedEndProps {
  active: boolean
  loading: boolean
  more: boolean
  error: unknown
  onRetry: () => void
  onTop: () => void
}

/** The page after the last film: more on the way, a failure to mend, or the end of the evening. */
export function FeedEnd({ active, loading, more, error, onRetry, onTop }: FeedEndProps) {
  const t = useMessages(feedMessages)
  return (
    <div className={styles.end} inert={!active}>
      {error ? (
        <Failed error={error} level={2} onRetry={onRetry} />
      ) : more || loading ? (
        <Lamp label={t('moreLoading')} />
      ) : (
        active && (
          <Suspense fallback={<Lamp />}>
            <TheEnd onTop={onTop} />
          </Suspense>
        )
      )}
    </div>
  )
}
