import type { Shot } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { estimateLineTimes, type Script } from './project'
import { projectMessages } from './projectMessages'
import { lensLabel, shotAction } from './StoryboardGrid'
import styles from './StoryboardTimeline.module.css'

/**
 * Shots and lines along the film's time. Selecting a shot shows it or, once rendered, seeks to it.
 */
export function StoryboardTimeline({
  shots,
  script,
  language,
  selected,
  positionMs,
  onSelect,
}: {
  shots: Shot[]
  script: Script
  language: string
  selected: number | null
  /** Where the film is; null while there is none. */
  positionMs: number | null
  onSelect: (index: number, startMs: number) => void
}) {
  const t = useMessages(projectMessages)
  const format = useFormat()
  const totalMs = shots.reduce((sum, shot) => sum + shot.duration, 0) * 1000
  if (totalMs <= 0) return null
  let elapsedMs = 0
  const timedShots = shots.map((shot, index) => {
    const startMs = elapsedMs
    elapsedMs += shot.duration * 1000
    return { shot, number: index, startMs }
  })
  const playingIndex =
    positionMs === null
      ? null
      : timedShots.findIndex(({ shot, startMs }) => positionMs < startMs + shot.duration * 1000)
  return (
    <section className={styles.timeline} aria-label={t('shots')}>
      <div className={styles.scroll}>
        <ol className={styles.shots}>
          {timedShots.map(({ shot, number: index, startMs }) => (
            <li key={shot.id} style={{ flexGrow: shot.duration }}>
              <button
                type="button"
                data-now={(playingIndex ?? selected) === index || undefined}
                onClick={() => onSelect(index, startMs)}
                title={`${format.clock(startMs)} · ${lensLabel(shot, t)} · ${shotAction(shot)}`}
              >
                <span className="unseen">{t('shot', { n: index + 1 })}: </span>
                <span aria-hidden="true">{index + 1} </span>
                <span lang={langOf(language)}>{shotAction(shot)}</span>
              </button>
            </li>
          ))}
        </ol>
        <ol
          className={styles.lines}
          lang={langOf(language)}
          aria-label={t('lines')}
          title={t('linesSpread')}
        >
          {estimateLineTimes(script, totalMs).map((line) => (
            <li
              key={line.startMs}
              style={{ flexGrow: line.endMs - line.startMs }}
              data-now={
                (positionMs !== null && positionMs >= line.startMs && positionMs < line.endMs) ||
                undefined
              }
            >
              {line.speaker && <strong>{line.speaker} </strong>}
              {line.text}
            </li>
          ))}
        </ol>
        {positionMs !== null && (
          <span
            className={styles.playhead}
            style={{ left: `${Math.min(100, (positionMs / totalMs) * 100)}%` }}
            aria-hidden="true"
          >
            <span>{format.clock(positionMs)}</span>
          </span>
        )}
      </div>
    </section>
  )
}
