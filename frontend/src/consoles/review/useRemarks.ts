/** A list of what people said, kept fresh by the desk's room. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useRoom } from '../../api/room'
import { usePages } from '../desk/usePages'
import type { Remark } from '../types'

export const REMARK_LISTS = ['held', 'reported', 'shown', 'refused', 'checking'] as const
export type RemarkList = (typeof REMARK_LISTS)[number]

export const REMARKS = '/review/remarks'
const GATHER_MS = 400
const WITHOUT_ROOM_MS = 15_000

export function useRemarks(list: RemarkList) {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const line = useRoom<{ kind: string }>('review', (event) => {
    if (event.kind !== 'speech') return
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: [REMARKS] })
    }, GATHER_MS)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  return usePages<Remark>(
    REMARKS,
    { state: list, limit: 30 },
    {
      refetchInterval:
        line === 'open' && list !== 'checking' && list !== 'shown' ? undefined : WITHOUT_ROOM_MS,
    },
  )
}
