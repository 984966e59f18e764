import { api, queryKeyOf } from '../../api/client'

export const projectQuery = (projectId: string) =>
  api.queryOptions('get', '/api/v1/studio/projects/{project_id}', {
    params: { path: { project_id: projectId } },
  })

/** What was read in a project's idea, its drafts and its story report. */
export const storyQuery = (projectId: string) =>
  api.queryOptions('get', '/api/v1/studio/projects/{project_id}/story', {
    params: { path: { project_id: projectId } },
  })

/** A series with all its episodes and Cuts, as its owner sees it. */
export const studioSeriesQuery = (seriesId: string) =>
  api.queryOptions('get', '/api/v1/studio/series/{series_id}', {
    params: { path: { series_id: seriesId } },
  })

export const WORDS_HISTORY_KEY = queryKeyOf('/api/v1/studio/series/{series_id}/words')

const CLAIM_REFETCH_MS = 30_000
export const studioClaimQuery = (claimId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/studio/claims/{claim_id}',
    { params: { path: { claim_id: claimId } } },
    { refetchInterval: CLAIM_REFETCH_MS },
  )

/** One of the creator's uploads, and what became of it. */
export const uploadQuery = (uploadId: string) =>
  api.queryOptions('get', '/api/v1/uploads/{upload_id}', {
    params: { path: { upload_id: uploadId } },
  })
