import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SeriesCard } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Sheet } from '../../ui/Sheet'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { deskMessages } from '../desk/messages'
import { usePages } from '../desk/usePages'
import type { Project } from '../types'
import { ClaimList } from './claims/ClaimList'
import { studioMessages } from './messages'
import { NewIdea } from './NewIdea'
import { isBusy, outlineOf } from './project'
import styles from './StudioHome.module.css'
import { NewSeries } from './series/SeriesForm'

/** The studio's first page: an idea to begin with, one's series, one's projects. */
export function StudioHome() {
  const t = useMessages(studioMessages)
  const d = useMessages(deskMessages)
  usePageTitle(t('home'))
  const [opening, setOpening] = useState(false)
  const series = usePages<SeriesCard>('/studio/series')
  const projects = usePages<Project>('/studio/projects')
  return (
    <main id="content" tabIndex={-1} className={styles.home}>
      <h1 className="unseen">{t('home')}</h1>
      <NewIdea series={series.items} />
      <ClaimList />
      <section aria-labelledby="my-series" className={styles.section}>
        <header>
          <h2 id="my-series">{t('mySeries')}</h2>
          <Button variant="default" onClick={() => setOpening(true)}>
            {t('openSeries')}
          </Button>
        </header>
        {series.isPending && <Lamp small />}
        {series.isError && (
          <Failed level={2} error={series.error} onRetry={() => void series.refetch()} />
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
        {projects.isPending && <Lamp small />}
        {projects.isError && (
          <Failed level={2} error={projects.error} onRetry={() => void projects.refetch()} />
        )}
        {projects.isSuccess && projects.items.length === 0 && (
          <p className={styles.empty}>{t('myProjectsEmpty')}</p>
        )}
        <ul className={styles.books}>
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
      {opening && (
        <Sheet title={t('openSeries')} onClose={() => setOpening(false)}>
          <NewSeries />
        </Sheet>
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
        <span className={styles.blank} lang={langOf(card.language)} aria-hidden="true">
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
      className={styles.book}
    >
      {still ? (
        <img src={still} alt="" loading="lazy" />
      ) : (
        <span className={styles.page} aria-hidden="true" />
      )}
      <span className={styles.bookText}>
        <span className={styles.bookTitle} lang={langOf(project.language)}>
          {outlineOf(project)?.title ?? project.idea}
        </span>
        {project.outline && (
          <span className={styles.bookIdea} lang={langOf(project.language)}>
            {project.idea}
          </span>
        )}
      </span>
      <span className={styles.bookState} data-failed={failed || undefined}>
        {isBusy(project) ? t('working') : failed ? t('failed') : t(`stage_${project.stage}`)}
        <small>{format.ago(project.created_at)}</small>
      </span>
    </Link>
  )
}
