import type { Cut, Project } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { EmptyState } from '../../ui/EmptyState'
import { Spinner } from '../../ui/Spinner'
import { PreviewPlayer } from '../shared/PreviewPlayer'
import type { Preview } from '../shared/usePreview'
import styles from './FilmStep.module.css'
import { isBusy } from './project'
import { projectMessages } from './projectMessages'
import { FilmReport } from './story/FilmReport'

/** The finished film, or how near it is. */
export function FilmStep({
  project,
  cut,
  preview,
  title,
}: {
  project: Project
  cut: Cut | null
  preview: Preview
  title: string
}) {
  const t = useMessages(projectMessages)
  const localized = useLocalizedText()
  if (cut?.preview) {
    return (
      <div className={styles.beside}>
        <div className={styles.film}>
          <PreviewPlayer preview={preview} playback={cut.preview} title={title} />
        </div>
        <FilmReport project={project} onSeek={preview.seek} />
      </div>
    )
  }
  if (cut) {
    return (
      <div className={styles.waiting}>
        {cut.state === 'failed' && cut.job?.error?.title ? (
          <EmptyState level={2} title={localized(cut.job.error.title)} />
        ) : (
          <Spinner
            label={cut.job?.progress?.note ? localized(cut.job.progress.note) : t('filmPackaging')}
          />
        )}
      </div>
    )
  }
  const shots = project.storyboard?.shots ?? []
  const lastStill = shots.filter((shot) => shot.state === 'done' && shot.still_url).at(-1)
  return (
    <div className={styles.waiting}>
      {lastStill?.still_url && (
        <img src={lastStill.still_url} alt="" className={styles.lastStill} />
      )}
      {isBusy(project) ? (
        <Spinner label={t('filmMaking')} />
      ) : (
        <EmptyState level={2} title={t('filmNone')} />
      )}
    </div>
  )
}
