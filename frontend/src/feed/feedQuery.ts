import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../api/client'
import { eventQueue } from '../api/events'
import type { FeedPage } from '../api/types'

export type FeedKind = 'now' | 'following'

const PATH = { now: '/feed', following: '/feed/following' } as const
const PAGE_SIZE = 6

/** The feed, page by page. What was just watched is told first, so that the next page has learnt from it. */
export function feedQuery(kind: FeedKind) {
  return infiniteQueryOptions({
    queryKey: ['feed', kind],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      if (pageParam !== null) await eventQueue().flush()
      return api.get<FeedPage>(PATH[kind], { cursor: pageParam, limit: PAGE_SIZE }, signal)
    },
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}
