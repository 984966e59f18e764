import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { answerOf, client } from '../api/client'
import { Problem } from '../api/problem'
import type { PlaythroughState } from '../api/types'
import { continueWatchingQuery, seriesQuery } from '../catalog/queries'
import { useMessages } from '../i18n/messages'
import { NEARLY_OVER_MS } from '../player/useVideoPlayer'
import styles from '../ui/CenteredScreen.module.css'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import { usePageTitle } from '../ui/usePageTitle'
import { watchMessages } from './messages'
import { Playthrough } from './Playthrough'

const route = getRouteApi('/watch/$seriesId/{-$episodeId}')

interface Opened {
  state: PlaythroughState
  /** The viewer comes from the end of the episode at which the play-through stands. */
  seen: boolean
  /** Where in that episode the viewer stopped, in ms. */
  startMs: number
}

/**
 * A viewer's play-through of a series. An episode in the address moves the play-through there; then
 * it is taken out of the address, so that a reload opens the episode that is current by then.
 */
export function WatchPage() {
  const t = useMessages(watchMessages)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { seriesId, episodeId } = route.useParams()
  const { seen } = route.useSearch()
  const [round, setRound] = useState(0)
  const keyOf = (episode: string | undefined) => ['playthrough', seriesId, round, episode ?? null]
  const series = useQuery(seriesQuery(seriesId))
  const opened = useQuery({
    queryKey: keyOf(episodeId),
    queryFn: async (): Promise<Opened> => {
      const [state, begun] = await Promise.all([
        answerOf(
          client.POST('/api/v1/playthroughs', {
            body: { series_id: seriesId, episode_id: episodeId ?? null },
          }),
        ),
        queryClient.fetchQuery({ ...continueWatchingQuery, staleTime: 0 }).catch(() => null),
      ])
      const stopped =
        begun?.results.find((item) => item.episode.id === state.episode.id)?.position_ms ?? 0
      const nearlyOver = stopped > state.episode.duration_ms - NEARLY_OVER_MS
      return {
        state,
        seen: seen === true && episodeId !== undefined,
        startMs: round > 0 || nearlyOver ? 0 : stopped,
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  usePageTitle(series.data && t('pageTitle', { title: series.data.title }))

  const moved = opened.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per play-through and episode.
  useEffect(() => {
    if (!moved || episodeId === undefined) return
    queryClient.setQueryData(keyOf(undefined), moved)
    void navigate({
      to: '/watch/$seriesId/{-$episodeId}',
      params: { seriesId, episodeId: undefined },
      replace: true,
    })
  }, [moved, episodeId])

  const failed = hindrance(series) ?? hindrance(opened)
  if (failed) {
    return (
      <main id="content" className={styles.still}>
        <ErrorState
          error={failed}
          onRetry={() => {
            void series.refetch()
            void opened.refetch()
          }}
        />
      </main>
    )
  }
  if (!series.data || !moved || episodeId !== undefined) {
    return (
      <main id="content" className={styles.still}>
        <Spinner />
      </main>
    )
  }
  return (
    <Playthrough
      key={`${moved.state.id} ${moved.state.seq}`}
      series={series.data}
      opened={moved.state}
      seen={moved.seen}
      startMs={moved.startMs}
      onNewRound={() => setRound((n) => n + 1)}
    />
  )
}

/**
 * Why the page cannot be shown. A film goes on through a refetch that failed, unless the answer is
 * that it is gone.
 */
function hindrance({ data, error }: { data: unknown; error: Error | null }): Error | null {
  const gone = error instanceof Problem && error.gone
  return data === undefined || gone ? error : null
}
