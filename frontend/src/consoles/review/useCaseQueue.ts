/** The cases under one filter. Events of the `review` room refresh the list and the open case. */
import { useState } from 'react'
import { api, BY_CURSOR } from '../../api/client'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { withItems } from '../../api/withItems'
import { useBatchedInvalidation } from '../shared/useBatchedInvalidation'
import { CASE_KEY, CASE_LIST_KEY } from './queries'

export const CASE_FILTERS = ['open', 'checking', 'decided', 'failed'] as const
export type CaseFilter = (typeof CASE_FILTERS)[number]

const BATCH_MS = 400
/** How often the list is read while the room's connection is down. */
const POLL_MS = 15_000
const STALE_KEYS = [CASE_LIST_KEY, CASE_KEY]

let lastFilter: CaseFilter = 'open'

/** The chosen filter; it is still the same on the next case's page. */
export function useCaseFilter(): [CaseFilter, (filter: CaseFilter) => void] {
  const [filter, setFilter] = useState<CaseFilter>(lastFilter)
  return [
    filter,
    (next) => {
      lastFilter = next
      setFilter(next)
    },
  ]
}

export function useCaseQueue(filter: CaseFilter) {
  const invalidate = useBatchedInvalidation(STALE_KEYS, BATCH_MS)
  const socketStatus = useRealtimeRoom('review', invalidate)
  return withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/review/cases',
      { params: { query: { state: filter, limit: 50 } } },
      { ...BY_CURSOR, refetchInterval: socketStatus === 'open' ? undefined : POLL_MS },
    ),
  )
}
