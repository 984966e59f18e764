import type { CutReview } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from './messages'
import styles from './ReviewReasons.module.css'

/** What the moderator said, with places in the film that can be looked at. */
export function ReviewReasons({
  review,
  onSeek,
}: {
  review: CutReview
  onSeek?: (ms: number) => void
}) {
  const t = useMessages(consoleMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  if (review.reasons.length === 0 && !review.note) return null
  return (
    <section className={styles.reasons}>
      {review.reasons.length > 0 && <h3>{t('sentBack')}</h3>}
      <ul>
        {review.reasons.map((reason) => (
          <li key={`${reason.code} ${reason.start_ms}`}>
            {localized(reason.text)}
            {reason.start_ms !== null &&
              (onSeek ? (
                <button
                  type="button"
                  onClick={() => onSeek(reason.start_ms ?? 0)}
                  aria-label={t('seekTo', { time: format.clock(reason.start_ms) })}
                >
                  {formatSpan(reason.start_ms, reason.end_ms, format.clock)}
                </button>
              ) : (
                <span className={styles.span}>
                  {formatSpan(reason.start_ms, reason.end_ms, format.clock)}
                </span>
              ))}
            {reason.note && <p>{reason.note}</p>}
          </li>
        ))}
      </ul>
      {review.note && (
        <p className={styles.note}>
          <strong>{t('moderatorSays')}</strong> {review.note}
        </p>
      )}
    </section>
  )
}

function formatSpan(startMs: number, endMs: number | null, clock: (ms: number) => string): string {
  return endMs === null ? clock(startMs) : `${clock(startMs)}–${clock(endMs)}`
}
