import type { InfiniteData } from '@tanstack/react-query'

/** The result of an infinite query, with the items of all its pages in one list. */
export function withItems<Item, Result extends object>(
  query: Result & { data: InfiniteData<{ results: Item[] }> | undefined },
) {
  return { ...query, items: query.data?.pages.flatMap((page) => page.results) ?? [] }
}
