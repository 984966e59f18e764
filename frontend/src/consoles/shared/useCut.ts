/** One Cut at this moment, live through its room: labelled, packed, checked, decided. */

import { useCallback } from 'react'
import { api } from '../../api/client'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { useBatchedInvalidation } from './useBatchedInvalidation'

const BATCH_MS = 300
const POLL_MS = 5000
const UNSETTLED_STATES = new Set(['processing', 'checking', 'in_review'])

export function useCut(cutId: string | null) {
  const init = { params: { path: { cut_id: cutId ?? '' } } }
  const invalidate = useBatchedInvalidation(
    [api.queryOptions('get', '/api/v1/cuts/{cut_id}', init).queryKey],
    BATCH_MS,
  )
  const socketStatus = useRealtimeRoom(cutId ? `cut:${cutId}` : null, invalidate)
  const query = api.useQuery('get', '/api/v1/cuts/{cut_id}', init, {
    enabled: cutId !== null,
    // Without its room an open page looks now and then.
    refetchInterval: ({ state }) => {
      if (!state.data || socketStatus === 'open') return false
      if (UNSETTLED_STATES.has(state.data.state)) return POLL_MS
      return state.data.gate.open ? false : 4 * POLL_MS
    },
  })
  const { refetch } = query
  const refresh = useCallback(async () => (await refetch()).data?.preview ?? null, [refetch])
  return { cut: query.data ?? null, error: query.error, refresh }
}
