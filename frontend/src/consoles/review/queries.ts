import { api, queryKeyOf } from '../../api/client'

/** Other moderators take a case, decide it or block it while it is open here. */
const CASE_REFETCH_MS = 20_000

export const caseQuery = (caseId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/review/cases/{case_id}',
    { params: { path: { case_id: caseId } } },
    { refetchInterval: CASE_REFETCH_MS },
  )

export const CASE_LIST_KEY = queryKeyOf('/api/v1/review/cases')
export const CASE_KEY = queryKeyOf('/api/v1/review/cases/{case_id}')
export const WORDS_LIST_KEY = queryKeyOf('/api/v1/review/words')
export const SPEECH_LIST_KEY = queryKeyOf('/api/v1/review/speech')

const FIXED = { staleTime: Number.POSITIVE_INFINITY }
export const reviewReasonsQuery = api.queryOptions(
  'get',
  '/api/v1/review/reasons',
  undefined,
  FIXED,
)
export const ageNoticesQuery = api.queryOptions(
  'get',
  '/api/v1/review/age-notices',
  undefined,
  FIXED,
)
