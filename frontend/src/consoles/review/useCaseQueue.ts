/** A list of the desk, kept fresh by its room, and with it the case that is looked at. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { usePaginatedList } from '../shared/usePaginatedList'
import type { CaseCard } from '../types'

export const CASE_FILTERS = ['open', 'checking', 'decided', 'failed'] as const
export type CaseFilter = (typeof CASE_FILTERS)[number]

let lastFilter: CaseFilter = 'open'

/** Which list is looked at: the same one on the next case's page. */
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

const PATH = '/review/cases'
const BATCH_MS = 400
const POLL_MS = 15_000

export function useCaseQueue(filter: CaseFilter) {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const socketStatus = useRealtimeRoom('review', () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: [PATH] })
      void client.invalidateQueries({ queryKey: ['case'] })
    }, BATCH_MS)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  return usePaginatedList<CaseCard>(
    PATH,
    { state: filter, limit: 50 },
    { refetchInterval: socketStatus === 'open' ? undefined : POLL_MS },
  )
}
