import type { SeriesCard } from '../api/types'
import { useMessages } from '../i18n/messages'
import styles from './FilingLabel.module.css'
import { uiMessages } from './messages'
import { SealBadge } from './SealBadge'

/**
 * The number under which a series is shown: a jade seal for a registration, a hollow one for a
 * demo's own number.
 */
export function FilingLabel({
  filing,
  size = 16,
}: {
  filing: SeriesCard['filing']
  size?: number
}) {
  const t = useMessages(uiMessages)
  if (!filing) return null
  return (
    <span className={styles.mark}>
      <SealBadge text="备" tone={filing.demonstration ? 'hollow' : 'jade'} size={size} />
      {filing.demonstration ? (
        <span>{t('filedDemo')}</span>
      ) : (
        <span>
          <span className="unseen">{t('filed')}</span> {filing.number}
        </span>
      )}
    </span>
  )
}
