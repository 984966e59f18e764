/** One Cut at this moment, live through its room: labelled, packed, checked, decided. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { untyped as api } from '../../api/untyped'
import type { Cut } from '../types'

const BATCH_MS = 300
const POLL_MS = 5000
const UNSETTLED_STATES = new Set(['processing', 'checking', 'in_review'])

export function useCut(cutId: string | null) {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const socketStatus = useRealtimeRoom(cutId ? `cut:${cutId}` : null, () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: ['cut', cutId] })
    }, BATCH_MS)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  const query = useQuery({
    queryKey: ['cut', cutId],
    enabled: cutId !== null,
    queryFn: ({ signal }) => api.get<Cut>(`/cuts/${cutId}`, undefined, signal),
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
