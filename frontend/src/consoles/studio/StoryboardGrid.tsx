import type { Project, Shot } from '../../api/types'
import { langOf } from '../../i18n/language'
import { type Translate, useMessages } from '../../i18n/messages'
import { EmptyState } from '../../ui/EmptyState'
import { isBusy } from './project'
import { projectMessages } from './projectMessages'
import styles from './StoryboardGrid.module.css'

type Translator = Translate<(typeof projectMessages)['zh']>
const FRAMINGS = ['wide', 'medium', 'close', 'extreme'] as const
const MOVES = ['hold', 'push', 'pull', 'pan_left', 'pan_right', 'rise', 'shake', 'breathe'] as const

/** “近 · 推”, in the reader's language; a word that this page does not know stays as it is. */
export function lensLabel(shot: Shot, t: Translator): string {
  const framing = FRAMINGS.find((name) => name === shot.framing)
  const move = MOVES.find((name) => name === shot.move)
  return `${framing ? t(`framing_${framing}`) : shot.framing} · ${move ? t(`move_${move}`) : shot.move}`
}

/** What happens in a shot: its summary without the lens, which the engine writes in front. */
export function shotAction(shot: Shot): string {
  return shot.summary.split(' · ').slice(2).join(' · ') || shot.summary
}

/** The shots as pictures that fill in while they are drawn. */
export function StoryboardGrid({
  project,
  selected,
  onSelect,
}: {
  project: Project
  selected: number | null
  onSelect: (index: number) => void
}) {
  const t = useMessages(projectMessages)
  const shots = project.storyboard?.shots
  if (!shots) {
    return (
      <EmptyState level={2} title={t('noStoryboard')}>
        <p>{t('noStoryboardText')}</p>
      </EmptyState>
    )
  }
  const drawingIndex = isBusy(project) ? shots.findIndex((shot) => isNextToDraw(shot, project)) : -1
  return (
    <ol className={styles.grid}>
      {shots.map((shot, index) => (
        <li key={shot.id}>
          <button
            type="button"
            className={styles.shot}
            aria-pressed={selected === index}
            data-drawing={drawingIndex === index || undefined}
            onClick={() => onSelect(index)}
          >
            <span className={styles.picture}>
              {shot.still_url ? (
                <img
                  key={shot.still_url}
                  src={shot.still_url}
                  alt=""
                  data-sketch={shot.state !== 'done' || undefined}
                />
              ) : (
                <span className={styles.empty} aria-hidden="true" />
              )}
            </span>
            <span className={styles.caption}>
              <span className={styles.lens}>
                <span aria-hidden="true">{index + 1}</span>
                <span className="unseen">{t('shot', { n: index + 1 })}</span> · {lensLabel(shot, t)}
                <em data-state={shot.state}>
                  {t(
                    shot.state === 'done'
                      ? 'shotDone'
                      : shot.still_url
                        ? 'shotDrawn'
                        : 'shotWaiting',
                  )}
                </em>
              </span>
              <span className={styles.action} lang={langOf(project.language)}>
                {shotAction(shot)} <span>{t('shotSeconds', { n: shot.duration.toFixed(1) })}</span>
              </span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** The index of the first shot that the running job has yet to draw or render. */
function isNextToDraw(shot: Shot, project: Project): boolean {
  return project.job?.kind === 'studio.render_episode'
    ? shot.state !== 'done'
    : shot.still_url === null
}
