import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerOf, client } from '../api/client'
import { eventQueue } from '../api/events'

export type FeedKind = 'now' | 'following'

const PATH = { now: '/api/v1/feed', following: '/api/v1/feed/following' } as const
const PAGE_SIZE = 6

/**
 * The feed, page by page. What was just watched is told first, so that the next page has learnt
 * from it.
 */
export function feedQuery(kind: FeedKind) {
  return infiniteQueryOptions({
    queryKey: ['feed', kind],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      if (pageParam !== null) await eventQueue().flush()
      const query = { cursor: pageParam ?? undefined, limit: PAGE_SIZE }
      return answerOf(client.GET(PATH[kind], { params: { query }, signal }))
    },
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}
