import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import type { Shot } from '../types'
import { type Script, spreadLines } from './project'
import { projectMessages } from './projectMessages'
import { actionOf, lensWords } from './StoryboardGrid'
import styles from './TimeLine.module.css'

/** Shots and lines along the film's time, at the foot of the workbench. A shot chosen here is shown, or played. */
export function TimeLine({
  shots,
  script,
  language,
  chosen,
  positionMs,
  onChoose,
}: {
  shots: Shot[]
  script: Script
  language: string
  chosen: number | null
  /** Where the film is; null while there is none. */
  positionMs: number | null
  onChoose: (number: number, atMs: number) => void
}) {
  const t = useMessages(projectMessages)
  const format = useFormat()
  const totalMs = shots.reduce((sum, shot) => sum + shot.duration, 0) * 1000
  if (totalMs <= 0) return null
  let at = 0
  const placed = shots.map((shot, number) => {
    const startMs = at
    at += shot.duration * 1000
    return { shot, number, startMs }
  })
  const playing =
    positionMs === null
      ? null
      : placed.findIndex(({ shot, startMs }) => positionMs < startMs + shot.duration * 1000)
  return (
    <section className={styles.line} aria-label={t('shots')}>
      <div className={styles.scroll}>
        <ol className={styles.row}>
          {placed.map(({ shot, number, startMs }) => (
            <li key={shot.id} style={{ flexGrow: shot.duration }}>
              <button
                type="button"
                data-now={(playing ?? chosen) === number || undefined}
                onClick={() => onChoose(number, startMs)}
                title={`${format.clock(startMs)} · ${lensWords(shot, t)} · ${actionOf(shot)}`}
              >
                <span className="unseen">{t('shot', { n: number + 1 })}: </span>
                <span aria-hidden="true">{number + 1} </span>
                <span lang={langOf(language)}>{actionOf(shot)}</span>
              </button>
            </li>
          ))}
        </ol>
        <ol
          className={styles.words}
          lang={langOf(language)}
          aria-label={t('lines')}
          title={t('linesSpread')}
        >
          {spreadLines(script, totalMs).map((line) => (
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
            className={styles.head}
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
