import { api } from '../api/client'

const REFETCH_MS = 15_000

/** A filed notice by the secret of its link. */
export const filedNoticeQuery = (secret: string) =>
  api.queryOptions(
    'get',
    '/api/v1/rights/notices/{secret}',
    { params: { path: { secret } } },
    { refetchInterval: REFETCH_MS },
  )
