import type { CaseCard } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { useNow } from '../shared/useNow'
import { reviewMessages } from './messages'
import styles from './ReviewQueue.module.css'
import { formatTimeLeft } from './timeLeft'

/** How long is left to decide a case, or how late it is; nothing once it is decided. */
export function CaseDueTime({ card }: { card: Pick<CaseCard, 'due_at' | 'state'> }) {
  const t = useMessages(reviewMessages)
  const now = useNow(1000)
  if (!card.due_at || (card.state !== 'open' && card.state !== 'taken')) return null
  const leftMs = Date.parse(card.due_at) - now
  const isLate = leftMs < 0
  const time = formatTimeLeft(leftMs)
  const text = t(isLate ? 'overdue' : 'due', { time })
  return (
    <span className={styles.due} data-late={isLate || undefined} title={text}>
      <span className="unseen">{text}</span>
      <span aria-hidden="true">
        {isLate ? '−' : ''}
        {time}
      </span>
    </span>
  )
}
