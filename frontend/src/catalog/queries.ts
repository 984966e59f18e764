import { api } from '../api/client'

export const seriesQuery = (seriesId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/series/{series_id}',
    { params: { path: { series_id: seriesId } } },
    { staleTime: 60_000 },
  )

/**
 * The episode to go on with in each series that the viewer began, newest first: the one that was
 * not finished, or the one after a finished one.
 */
export const continueWatchingQuery = api.queryOptions('get', '/api/v1/continue-watching')

export const genresQuery = api.queryOptions('get', '/api/v1/genres', undefined, {
  staleTime: 10 * 60_000,
})
