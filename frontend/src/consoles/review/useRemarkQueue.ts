/** A list of what people said, kept fresh by the desk's room. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { usePaginatedList } from '../shared/usePaginatedList'
import type { Remark } from '../types'

export const REMARK_FILTERS = ['held', 'reported', 'shown', 'refused', 'checking'] as const
export type RemarkFilter = (typeof REMARK_FILTERS)[number]

export const REMARKS_PATH = '/review/remarks'
const BATCH_MS = 400
const POLL_MS = 15_000

export function useRemarkQueue(filter: RemarkFilter) {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const socketStatus = useRealtimeRoom<{ kind: string }>('review', (event) => {
    if (event.kind !== 'speech') return
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: [REMARKS_PATH] })
    }, BATCH_MS)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  return usePaginatedList<Remark>(
    REMARKS_PATH,
    { state: filter, limit: 30 },
    {
      refetchInterval:
        socketStatus === 'open' && filter !== 'checking' && filter !== 'shown'
          ? undefined
          : POLL_MS,
    },
  )
}
