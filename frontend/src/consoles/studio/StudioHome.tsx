import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, BY_CURSOR } from '../../api/client'
import type { Project, SeriesCard } from '../../api/types'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { SheetDialog } from '../../ui/SheetDialog'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { consoleMessages } from '../shared/messages'
import { ClaimList } from './claims/ClaimList'
import { studioMessages } from './messages'
import { NewProjectForm } from './NewProjectForm'
import { isBusy, outlineOf } from './project'
import styles from './StudioHome.module.css'
import { NewSeries } from './series/SeriesForm'

/** The studio's first page: an idea to begin with, one's series, one's projects. */
export function StudioHome() {
  const t = useMessages(studioMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('home'))
  const [isCreating, setIsCreating] = useState(false)
  const series = withItems(api.useInfiniteQuery('get', '/api/v1/studio/series', {}, BY_CURSOR))
  const projects = withItems(api.useInfiniteQuery('get', '/api/v1/studio/projects', {}, BY_CURSOR))
  return (
    <main id="content" tabIndex={-1} className={styles.home}>
      <h1 className="unseen">{t('home')}</h1>
      <NewProjectForm series={series.items} />
      <ClaimList />
      <section aria-labelledby="my-series" className={styles.section}>
        <header>
          <h2 id="my-series">{t('mySeries')}</h2>
          <Button variant="default" onClick={() => setIsCreating(true)}>
            {t('openSeries')}
          </Button>
        </header>
        {series.isPending && <Spinner small />}
        {series.isError && (
          <ErrorState level={2} error={series.error} onRetry={() => void series.refetch()} />
        )}
        {series.isSuccess && series.items.length === 0 && (
          <p className={styles.empty}>{t('mySeriesEmpty')}</p>
        )}
        <ul className={styles.cards}>
          {series.items.map((card) => (
            <li key={card.id}>
              <SeriesTile card={card} />
            </li>
          ))}
        </ul>
        {series.hasNextPage && (
          <Button variant="default" onClick={() => void series.fetchNextPage()}>
            {d('more')}
          </Button>
        )}
      </section>
      <section aria-labelledby="my-projects" className={styles.section}>
        <header>
          <h2 id="my-projects">{t('myProjects')}</h2>
        </header>
        {projects.isPending && <Spinner small />}
        {projects.isError && (
          <ErrorState level={2} error={projects.error} onRetry={() => void projects.refetch()} />
        )}
        {projects.isSuccess && projects.items.length === 0 && (
          <p className={styles.empty}>{t('myProjectsEmpty')}</p>
        )}
        <ul className={styles.projects}>
          {projects.items.map((project) => (
            <li key={project.id}>
              <ProjectRow project={project} />
            </li>
          ))}
        </ul>
        {projects.hasNextPage && (
          <Button variant="default" onClick={() => void projects.fetchNextPage()}>
            {d('more')}
          </Button>
        )}
      </section>
      {isCreating && (
        <SheetDialog title={t('openSeries')} onClose={() => setIsCreating(false)}>
          <NewSeries />
        </SheetDialog>
      )}
    </main>
  )
}

function SeriesTile({ card }: { card: SeriesCard }) {
  const t = useMessages(studioMessages)
  return (
    <Link to="/studio/series/$seriesId" params={{ seriesId: card.id }} className={styles.tile}>
      {card.poster_url ? (
        <img src={card.poster_url} alt="" loading="lazy" />
      ) : (
        <span className={styles.noPoster} lang={langOf(card.language)} aria-hidden="true">
          {card.title.slice(0, card.language === 'zh' ? 4 : 14)}
        </span>
      )}
      <span className={styles.tileTitle} lang={langOf(card.language)}>
        {card.title}
      </span>
      <span className={styles.tileNote}>{t('episodes', { n: card.episode_count })}</span>
    </Link>
  )
}

function ProjectRow({ project }: { project: Project }) {
  const t = useMessages(studioMessages)
  const format = useFormat()
  const still = project.storyboard?.shots.find((shot) => shot.still_url)?.still_url
  const failed = project.job?.state === 'failed'
  return (
    <Link
      to="/studio/projects/$projectId"
      params={{ projectId: project.id }}
      className={styles.project}
    >
      {still ? (
        <img src={still} alt="" loading="lazy" />
      ) : (
        <span className={styles.noStill} aria-hidden="true" />
      )}
      <span className={styles.projectText}>
        <span className={styles.projectTitle} lang={langOf(project.language)}>
          {outlineOf(project)?.title ?? project.idea.slice(0, 200)}
        </span>
        {project.outline && (
          <span className={styles.projectIdea} lang={langOf(project.language)}>
            {project.idea.slice(0, 200)}
          </span>
        )}
      </span>
      <span className={styles.projectState} data-failed={failed || undefined}>
        {isBusy(project) ? t('working') : failed ? t('failed') : t(`stage_${project.stage}`)}
        <small>{format.ago(project.created_at)}</small>
      </span>
    </Link>
  )
}
