import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../api/client'
import { Problem } from '../../../api/problem'
import { useRealtimeRoom } from '../../../api/realtimeRoom'
import type { StudioSeries } from '../../../api/types'
import { langOf, useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { buttonClass } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { ErrorState } from '../../../ui/ErrorState'
import { FilingLabel } from '../../../ui/FilingLabel'
import { SheetDialog } from '../../../ui/SheetDialog'
import { Spinner } from '../../../ui/Spinner'
import { showToast } from '../../../ui/Toast'
import { usePageTitle } from '../../../ui/usePageTitle'
import { consoleMessages } from '../../shared/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { useBatchedInvalidation } from '../../shared/useBatchedInvalidation'
import { ClaimList } from '../claims/ClaimList'
import { studioSeriesQuery, WORDS_HISTORY_KEY } from '../queries'
import { EpisodeRow } from './EpisodeRow'
import { GraphEditor } from './GraphEditor'
import { Premieres } from './Premieres'
import { PromptBookLink } from './PromptBookLink'
import { Proposals } from './Proposals'
import { premiereMessages } from './premiereMessages'
import { EditSeries } from './SeriesForm'
import styles from './SeriesPage.module.css'
import { seriesMessages } from './seriesMessages'
import { WaitingWords } from './WaitingWords'
import { WordsHistory } from './WordsHistory'
import { isOpen } from './words'
import { wordsMessages } from './wordsMessages'

const UNSETTLED_STATES = new Set(['processing', 'checking', 'in_review'])
const REFETCH_MS = 6000
const BATCH_MS = 400

/** A creator's series: its facts, its episodes with every version, and its story graph. */
export function SeriesPage() {
  const { seriesId } = useParams({ from: '/studio/series/$seriesId' })
  const t = useMessages(seriesMessages)
  const query = useQuery({
    ...studioSeriesQuery(seriesId),
    refetchInterval: ({ state }) =>
      state.data?.episodes.some((episode) =>
        episode.cuts.some((cut) => UNSETTLED_STATES.has(cut.state)),
      )
        ? REFETCH_MS
        : false,
  })
  if (query.isPending) return <Spinner />
  if (query.isError) {
    if (!(query.error instanceof Problem && query.error.gone)) {
      return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    }
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState
          title={t('gone')}
          actions={
            <Link to="/studio" className={buttonClass()}>
              {t('back')}
            </Link>
          }
        />
      </main>
    )
  }
  return <SeriesDetail series={query.data} />
}

function SeriesDetail({ series }: { series: StudioSeries }) {
  const t = useMessages(seriesMessages)
  const d = useMessages(consoleMessages)
  const p = useMessages(premiereMessages)
  const localized = useLocalizedText()
  const w = useMessages(wordsMessages)
  const refresh = useBatchedInvalidation(
    [studioSeriesQuery(series.id).queryKey, WORDS_HISTORY_KEY],
    BATCH_MS,
  )
  useRealtimeRoom(`words:${series.id}`, refresh)
  const [isEditing, setIsEditing] = useState(false)
  usePageTitle(series.title)
  const isPublished = series.episodes.some((episode) => episode.cuts.some((cut) => cut.gate.open))
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <header className={styles.header}>
        {series.poster_url && <img src={series.poster_url} alt="" />}
        <div className={styles.about}>
          <h1 lang={langOf(series.language)}>{series.title}</h1>
          <p className={styles.facts}>
            {series.genres.map((genre) => localized(genre.name)).join(' · ')}
            <FilingLabel filing={series.filing} />
          </p>
          {series.synopsis && (
            <p className={styles.synopsis} lang={langOf(series.language)}>
              {series.synopsis}
            </p>
          )}
          <div className={styles.actions}>
            <Button variant="default" onClick={() => setIsEditing(true)}>
              {t('edit')}
            </Button>
            {isPublished && (
              <Link to="/series/$seriesId" params={{ seriesId: series.id }} className={styles.link}>
                {t('publicPage')}
              </Link>
            )}
          </div>
        </div>
      </header>
      <WaitingWords series={series} objectId={series.id} />
      <ClaimList seriesId={series.id} />
      <section aria-labelledby="episodes" className={styles.section}>
        <h2 id="episodes">{t('episodes')}</h2>
        {series.episodes.length === 0 && (
          <p className={styles.empty}>
            <strong>{t('noEpisodes')}</strong> {t('noEpisodesText')}
          </p>
        )}
        <ol className={styles.episodes}>
          {series.episodes.map((episode) => (
            <li key={episode.id}>
              <EpisodeRow episode={episode} series={series} />
            </li>
          ))}
        </ol>
        <AddEpisodeForm seriesId={series.id} />
      </section>
      <section aria-labelledby="story" className={styles.section}>
        <h2 id="story">{t('story')}</h2>
        <GraphEditor series={series} />
      </section>
      <WordsHistory series={series} />
      <section aria-labelledby="premiere" className={styles.section}>
        <h2 id="premiere">{p('title')}</h2>
        <Premieres seriesId={series.id} isPublished={isPublished} />
      </section>
      <Proposals series={series} />
      <PromptBookLink seriesId={series.id} />
      {isEditing && (
        <SheetDialog title={t('details')} onClose={() => setIsEditing(false)}>
          <EditSeries
            series={series}
            onSaved={(saved) => {
              refresh()
              setIsEditing(false)
              const waits = saved.words.some((words) => words.kind === 'series' && isOpen(words))
              showToast(waits ? w('savedForReview') : d('saved'))
            }}
          />
        </SheetDialog>
      )}
    </main>
  )
}

function AddEpisodeForm({ seriesId }: { seriesId: string }) {
  const t = useMessages(seriesMessages)
  const queryClient = useQueryClient()
  const [title, setTitle] = useState('')
  const add = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/series/{series_id}/episodes', {
        params: { path: { series_id: seriesId } },
        body: { title: title.trim() },
      }),
    onSuccess: () => {
      setTitle('')
      return queryClient.invalidateQueries({ queryKey: studioSeriesQuery(seriesId).queryKey })
    },
  })
  return (
    <form
      className={styles.addEpisode}
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim()) add.mutate()
      }}
    >
      <TextInput
        label={t('episodeTitle')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={80}
        className={styles.grow}
      />
      <Button type="submit" variant="default" disabled={!title.trim()} loading={add.isPending}>
        {t('addEpisode')}
      </Button>
      <ProblemAlert error={add.error} />
    </form>
  )
}
