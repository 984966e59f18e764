/** A list of the desk, kept fresh by its room, and with it the case that is looked at. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useRoom } from '../../api/room'
import { usePages } from '../desk/usePages'
import type { CaseCard } from '../types'

export const LISTS = ['open', 'checking', 'decided', 'failed'] as const
export type List = (typeof LISTS)[number]

let lastList: List = 'open'

/** Which list is looked at: the same one on the next case's page. */
export function useList(): [List, (list: List) => void] {
  const [list, setList] = useState<List>(lastList)
  return [
    list,
    (next) => {
      lastList = next
      setList(next)
    },
  ]
}

const PATH = '/review/cases'
const GATHER_MS = 400
const WITHOUT_ROOM_MS = 15_000

export function useQueue(list: List) {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const line = useRoom('review', () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: [PATH] })
      void client.invalidateQueries({ queryKey: ['case'] })
    }, GATHER_MS)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  return usePages<CaseCard>(
    PATH,
    { state: list, limit: 50 },
    { refetchInterval: line === 'open' ? undefined : WITHOUT_ROOM_MS },
  )
}
