import { Link } from '@tanstack/react-router'
import type { Cut, Project } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { CutAppeal } from '../shared/CutAppeal'
import { GateChecklist } from '../shared/GateChecklist'
import { ReviewReasons } from '../shared/ReviewReasons'
import { projectMessages } from './projectMessages'
import styles from './ReviewStep.module.css'

/** What still stands between the finished film and its viewers. */
export function ReviewStep({ project, cut }: { project: Project; cut: Cut }) {
  const t = useMessages(projectMessages)
  return (
    <section className={styles.review}>
      <h2>{t('reviewTitle')}</h2>
      <p className={styles.intro}>{t('reviewText')}</p>
      <GateChecklist gate={cut.gate} />
      {cut.review && <ReviewReasons review={cut.review} />}
      <CutAppeal cut={cut} />
      {project.series_id && (
        <Link
          to="/studio/series/$seriesId"
          params={{ seriesId: project.series_id }}
          className={buttonClass('line')}
        >
          {t('toSeries')}
        </Link>
      )}
    </section>
  )
}
