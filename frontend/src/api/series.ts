import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { SeriesDetail } from './types'

export const seriesQuery = (seriesId: string) =>
  queryOptions({
    queryKey: ['series', seriesId],
    queryFn: ({ signal }) => api.get<SeriesDetail>(`/series/${seriesId}`, undefined, signal),
    staleTime: 60_000,
  })
