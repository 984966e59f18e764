/** A list that is read page by page. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '../../api/types'
import { untyped as api } from '../../api/untyped'

export function usePaginatedList<T>(
  path: string,
  query: Record<string, string | number> = {},
  options: { refetchInterval?: number; enabled?: boolean } = {},
) {
  const pages = useInfiniteQuery({
    queryKey: [path, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(path, { ...query, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next_cursor,
    ...options,
  })
  return { ...pages, items: pages.data?.pages.flatMap((page) => page.results) ?? [] }
}
