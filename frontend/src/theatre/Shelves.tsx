import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import type { ChartEntry } from '../api/types'
import { continueWatchingQuery } from '../catalog/queries'
import { SeriesNote } from '../catalog/SeriesNote'
import { useFormat } from '../i18n/format'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { PremiereStrip } from '../premiere/PremiereStrip'
import { seasonMessages } from '../season/messages'
import { SeasonProgress, seasonInProgress, useSeason } from '../season/SeasonProgress'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Poster, PosterGrid, Shelf } from '../ui/Poster'
import { Spinner } from '../ui/Spinner'
import { theatreMessages } from './messages'
import styles from './Shelves.module.css'

/**
 * The browse page when nothing is searched for: what the viewer began, the collections, the chart,
 * and the demo's season while it is being made.
 */
export function Shelves() {
  const localized = useLocalizedText()
  const collections = api.useQuery('get', '/api/v1/collections')
  const season = useSeason(true)
  if (collections.isPending) return <Spinner />
  if (collections.isError) {
    return (
      <ErrorState error={collections.error} level={2} onRetry={() => void collections.refetch()} />
    )
  }
  const shelves = collections.data.filter((collection) => collection.series.length > 0)
  return (
    <div className={styles.layout}>
      <div className={styles.shelves}>
        <PremiereStrip />
        <ContinueShelf />
        {shelves.map((collection) => (
          <Shelf key={collection.slug} title={localized(collection.title)}>
            {collection.series.map((series) => (
              <li key={series.id}>
                <Poster series={series} note={<SeriesNote series={series} />} />
              </li>
            ))}
          </Shelf>
        ))}
        <ActiveVideo quiet={shelves.length === 0 && !seasonInProgress(season)} />
      </div>
      <aside className={styles.side}>
        <ChartList />
        {seasonInProgress(season) && <Rehearsal season={season} />}
      </aside>
    </div>
  )
}

function Rehearsal({ season }: { season: Parameters<typeof SeasonProgress>[0]['season'] }) {
  const t = useMessages(seasonMessages)
  return (
    <section className={styles.rehearsal}>
      <h2>{t('title')}</h2>
      <SeasonProgress season={season} />
    </section>
  )
}

/** Everything that is on, newest first; `quiet` says so when that is nothing. */
function ActiveVideo({ quiet }: { quiet: boolean }) {
  const t = useMessages(theatreMessages)
  const newest = api.useQuery('get', '/api/v1/series', { params: { query: { limit: 48 } } })
  if (newest.isPending) return <Spinner />
  if (newest.isError)
    return <ErrorState error={newest.error} level={2} onRetry={() => void newest.refetch()} />
  if (newest.data.results.length === 0) {
    return quiet ? (
      <EmptyState level={2} title={t('empty')}>
        <p>{t('emptyText')}</p>
      </EmptyState>
    ) : null
  }
  return (
    <section className={styles.stage}>
      <h2>{t('onStage')}</h2>
      <PosterGrid>
        {newest.data.results.map((series) => (
          <li key={series.id}>
            <Poster series={series} note={<SeriesNote series={series} />} />
          </li>
        ))}
      </PosterGrid>
    </section>
  )
}

function ContinueShelf() {
  const t = useMessages(theatreMessages)
  const begun = useQuery(continueWatchingQuery)
  const items = begun.data?.results ?? []
  if (items.length === 0) return null
  return (
    <Shelf title={t('continueWatching')}>
      {items.map(({ series, episode, position_ms }) => (
        <li key={series.id}>
          <Poster
            series={series}
            progress={episode.duration_ms > 0 ? Math.min(1, position_ms / episode.duration_ms) : 0}
            note={t('goOn', { number: episode.number })}
          />
        </li>
      ))}
    </Shelf>
  )
}

function ChartList() {
  const t = useMessages(theatreMessages)
  const [span, setSpan] = useState<'day' | 'week'>('week')
  const chart = api.useQuery('get', '/api/v1/charts', { params: { query: { window: span } } })
  if (!chart.data) return null
  return (
    <section className={styles.chart} aria-label={t('chart')}>
      <fieldset>
        <legend className="unseen">{t('chart')}</legend>
        {(['day', 'week'] as const).map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={span === option}
            onClick={() => setSpan(option)}
          >
            {t(option === 'day' ? 'chartDay' : 'chartWeek')}
          </button>
        ))}
      </fieldset>
      {chart.data.results.length === 0 && <p className={styles.none}>{t('chartEmpty')}</p>}
      <ol>
        {chart.data.results.map((entry) => (
          <li key={entry.series.id}>
            <Link to="/series/$seriesId" params={{ seriesId: entry.series.id }}>
              <span className={styles.rank}>{entry.rank}</span>
              <span className={styles.entry}>
                <span className={styles.name}>{entry.series.title}</span>
                <span className={styles.figure}>
                  <Figure views={entry.views} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Who watched; where simulated viewers are among them, it says so and how many. */
function Figure({ views }: { views: ChartEntry['views'] }) {
  const t = useMessages(theatreMessages)
  const format = useFormat()
  if (!views.simulated) return t('figure', { n: format.count(views.total) })
  if (views.of_simulated >= views.total)
    return t('figureSimulated', { n: format.count(views.total) })
  return t('figureMixed', {
    n: format.count(views.total),
    simulated: format.count(views.of_simulated),
  })
}
