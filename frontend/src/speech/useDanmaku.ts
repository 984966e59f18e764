/** The danmaku of an episode: what there is, what comes while one watches, and what goes again. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRealtimeRoom } from '../api/realtimeRoom'
import type { Danmaku, DanmakuStretch } from '../api/types'
import { untyped as api } from '../api/untyped'

/** As much as the server gives at once. */
export const STRETCH_MS = 300_000

export const danmakuKey = (episodeId: string) => ['danmaku', episodeId]

export const danmakuQuery = (episodeId: string, stretch = 0) =>
  queryOptions({
    queryKey: [...danmakuKey(episodeId), stretch],
    queryFn: ({ signal }) =>
      api.get<DanmakuStretch>(
        `/episodes/${episodeId}/danmaku`,
        { from_ms: stretch * STRETCH_MS, to_ms: (stretch + 1) * STRETCH_MS },
        signal,
      ),
    staleTime: 60_000,
  })

type RoomEvent =
  | { kind: 'danmaku'; danmaku: Pick<Danmaku, 'id' | 'text' | 'position_ms'> }
  | { kind: 'gone'; id: string }

/** What of the episode's stretch is to be shown; live while the component is there. */
export function useDanmaku(episodeId: string, stretch: number): Danmaku[] | undefined {
  const client = useQueryClient()
  const { data } = useQuery(danmakuQuery(episodeId, stretch))
  useRealtimeRoom<RoomEvent>(
    data ? `danmaku:${episodeId}` : null,
    (event) => {
      if (event.kind === 'gone') removeDanmaku(client, episodeId, event.id)
      else if (event.kind === 'danmaku') {
        upsertDanmaku(client, episodeId, { ...event.danmaku, state: 'shown', mine: false })
      }
    },
    data?.after,
  )
  return data?.results
}

/** Adds words to those of the episode, or says how they stand now; one's own stay one's own. */
export function upsertDanmaku(client: QueryClient, episodeId: string, danmaku: Danmaku): void {
  updateCached(client, episodeId, Math.floor(danmaku.position_ms / STRETCH_MS), (all) => {
    const before = all.find((other) => other.id === danmaku.id)
    return [
      ...all.filter((other) => other.id !== danmaku.id),
      { ...danmaku, mine: danmaku.mine || (before?.mine ?? false) },
    ]
  })
}

export function removeDanmaku(client: QueryClient, episodeId: string, id: string): void {
  updateCached(client, episodeId, null, (all) =>
    all.some((danmaku) => danmaku.id === id) ? all.filter((danmaku) => danmaku.id !== id) : all,
  )
}

function updateCached(
  client: QueryClient,
  episodeId: string,
  stretch: number | null,
  transform: (all: Danmaku[]) => Danmaku[],
): void {
  const queryKey = stretch === null ? danmakuKey(episodeId) : [...danmakuKey(episodeId), stretch]
  client.setQueriesData<DanmakuStretch>({ queryKey }, (cached) => {
    if (!cached) return cached
    const results = transform(cached.results)
    return results === cached.results ? cached : { ...cached, results }
  })
}
