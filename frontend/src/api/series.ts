import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Page, SeriesDetail, WatchedItem } from './types'

export const seriesQuery = (seriesId: string) =>
  queryOptions({
    queryKey: ['series', seriesId],
    queryFn: ({ signal }) => api.get<SeriesDetail>(`/series/${seriesId}`, undefined, signal),
    staleTime: 60_000,
  })

/** What one began and did not finish, newest first. */
export const continueQuery = queryOptions({
  queryKey: ['continue-watching'],
  queryFn: ({ signal }) => api.get<Page<WatchedItem>>('/continue-watching', undefined, signal),
})
