import type { PointerEvent } from 'react'
import type { Finding } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import styles from './FindingTimeline.module.css'
import { formatFindingTime } from './findingSpans'
import { reviewMessages } from './messages'

const CHANNELS = ['picture', 'text', 'sound', 'label'] as const
const GRAVE_SCORE = 0.65
/** Narrower than this a finding could not be hit. */
const MIN_MARK_PERCENT = 0.9

/** Findings as marks along the film, a row for each channel; a click seeks to the mark or place. */
export function FindingTimeline({
  findings,
  durationMs,
  positionMs,
  selectedId,
  onSelect,
  onSeek,
}: {
  findings: Finding[]
  durationMs: number
  positionMs: number
  selectedId: string | null
  onSelect: (id: string) => void
  onSeek: (ms: number) => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const percent = (ms: number) =>
    durationMs > 0 ? Math.min(100, Math.max(0, (ms / durationMs) * 100)) : 0
  const seekTo = (event: PointerEvent<HTMLElement>) => {
    if ((event.target as HTMLElement).closest('button')) return
    const box = event.currentTarget.getBoundingClientRect()
    onSeek(((event.clientX - box.left) / box.width) * durationMs)
  }
  return (
    <section className={styles.timeline} aria-label={t('timeLine')}>
      {CHANNELS.map((channel) => (
        <div key={channel} className={styles.channel}>
          <span className={styles.name}>{t(`channel_${channel}`)}</span>
          <div className={styles.track} onPointerDown={seekTo}>
            {findings
              .filter((finding) => finding.channel === channel)
              .map((finding) => {
                const start = percent(finding.start_ms ?? 0)
                const end = percent(
                  finding.end_ms ?? (finding.start_ms === null ? durationMs : finding.start_ms),
                )
                const where = formatFindingTime(finding, format.clock) ?? t('whole')
                return (
                  <button
                    key={finding.id}
                    type="button"
                    className={styles.mark}
                    data-grave={finding.score >= GRAVE_SCORE || undefined}
                    data-calm={channel === 'label' || undefined}
                    aria-pressed={selectedId === finding.id}
                    style={{
                      left: `${start}%`,
                      width: `${Math.max(MIN_MARK_PERCENT, end - start)}%`,
                    }}
                    title={`${localized(finding.policy_name)} ${finding.score.toFixed(2)} · ${where}`}
                    onClick={() => onSelect(finding.id)}
                  >
                    <span className="unseen">
                      {localized(finding.policy_name)} {finding.score.toFixed(2)}, {where}
                    </span>
                  </button>
                )
              })}
          </div>
        </div>
      ))}
      <div className={styles.overlay} aria-hidden="true">
        <span className={styles.playhead} style={{ left: `${percent(positionMs)}%` }}>
          <span>{format.clock(positionMs)}</span>
        </span>
      </div>
    </section>
  )
}
