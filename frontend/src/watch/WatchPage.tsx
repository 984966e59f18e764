import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { seriesQuery } from '../api/series'
import type { PlaythroughState } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Failed, Lamp } from '../ui/State'
import { usePageTitle } from '../ui/usePageTitle'
import { watchMessages } from './messages'
import { OneEpisode } from './OneEpisode'
import { Playthrough } from './Playthrough'
import styles from './WatchPage.module.css'

const route = getRouteApi('/watch/$seriesId/{-$episodeId}')

/** One's own way through a series; another episode than where one stands is shown alone. */
export function WatchPage() {
  const t = useMessages(watchMessages)
  const { seriesId, episodeId } = route.useParams()
  const { seen } = route.useSearch()
  const [round, setRound] = useState(0)
  const series = useQuery(seriesQuery(seriesId))
  const opened = useQuery({
    queryKey: ['playthrough', seriesId, round],
    queryFn: () => api.post<PlaythroughState>('/playthroughs', { series_id: seriesId }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  usePageTitle(series.data && t('pageTitle', { title: series.data.title }))

  const failed = series.error ?? opened.error
  if (failed) {
    return (
      <main id="content" className={styles.still}>
        <Failed
          error={failed}
          onRetry={() => {
            void series.refetch()
            void opened.refetch()
          }}
        />
      </main>
    )
  }
  if (!series.data || !opened.data) {
    return (
      <main id="content" className={styles.still}>
        <Lamp />
      </main>
    )
  }
  if (episodeId && !seen && episodeId !== opened.data.episode.id) {
    return (
      <OneEpisode key={episodeId} series={series.data} episodeId={episodeId} place={opened.data.episode} />
    )
  }
  return (
    <Playthrough
      key={opened.data.id}
      series={series.data}
      opened={opened.data}
      seen={seen === true && episodeId === opened.data.episode.id}
      onNewRound={() => setRound((n) => n + 1)}
    />
  )
}
