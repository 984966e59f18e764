/** The danmaku of an episode: what there is, what comes while one watches, and what goes again. */

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, queryKeyOf } from '../api/client'
import { useRealtimeRoom } from '../api/realtimeRoom'
import type { Danmaku, DanmakuStretch } from '../api/types'

/** As much as the server gives at once. */
export const STRETCH_MS = 300_000

const PATH = '/api/v1/episodes/{episode_id}/danmaku'

export const danmakuQuery = (episodeId: string, stretch = 0) =>
  api.queryOptions(
    'get',
    PATH,
    {
      params: {
        path: { episode_id: episodeId },
        query: { from_ms: stretch * STRETCH_MS, to_ms: (stretch + 1) * STRETCH_MS },
      },
    },
    { staleTime: 60_000 },
  )

type RoomEvent =
  | { kind: 'danmaku'; danmaku: Pick<Danmaku, 'id' | 'text' | 'position_ms'> }
  | { kind: 'gone'; id: string }

/** What of the episode's stretch is to be shown; live while the component is there. */
export function useDanmaku(episodeId: string, stretch: number): Danmaku[] | undefined {
  const queryClient = useQueryClient()
  const { data } = useQuery(danmakuQuery(episodeId, stretch))
  useRealtimeRoom<RoomEvent>(
    data ? `danmaku:${episodeId}` : null,
    (event) => {
      if (event.kind === 'gone') removeDanmaku(queryClient, episodeId, event.id)
      else if (event.kind === 'danmaku') {
        upsertDanmaku(queryClient, episodeId, { ...event.danmaku, state: 'shown', mine: false })
      }
    },
    data?.after,
  )
  return data?.results
}

/** Adds words to those of the episode, or says how they stand now; one's own stay one's own. */
export function upsertDanmaku(queryClient: QueryClient, episodeId: string, danmaku: Danmaku): void {
  updateCached(queryClient, episodeId, Math.floor(danmaku.position_ms / STRETCH_MS), (all) => {
    const before = all.find((other) => other.id === danmaku.id)
    return [
      ...all.filter((other) => other.id !== danmaku.id),
      { ...danmaku, mine: danmaku.mine || (before?.mine ?? false) },
    ]
  })
}

export function removeDanmaku(queryClient: QueryClient, episodeId: string, id: string): void {
  updateCached(queryClient, episodeId, null, (all) =>
    all.some((danmaku) => danmaku.id === id) ? all.filter((danmaku) => danmaku.id !== id) : all,
  )
}

function updateCached(
  queryClient: QueryClient,
  episodeId: string,
  stretch: number | null,
  transform: (all: Danmaku[]) => Danmaku[],
): void {
  const queryKey =
    stretch === null
      ? [...queryKeyOf(PATH), { params: { path: { episode_id: episodeId } } }]
      : danmakuQuery(episodeId, stretch).queryKey
  queryClient.setQueriesData<DanmakuStretch>({ queryKey }, (cached) => {
    if (!cached) return cached
    const results = transform(cached.results)
    return results === cached.results ? cached : { ...cached, results }
  })
}
