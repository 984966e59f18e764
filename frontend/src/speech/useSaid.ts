/** What becomes of one's own words. */
import { useEffect, useRef } from 'react'
import { useMe } from '../api/me'
import { useRoom } from '../api/room'
import type { Speech, Words } from '../api/types'

export interface Settled {
  kind: 'speech'
  id: string
  of: 'comment' | 'danmaku' | 'proposal'
  state: Speech['state']
  reason: Words | null
}

/**
 * Calls `onSettled` with what becomes of one's own words, while some of them wait. The news may be quicker than the page
 * is to list the words that it is about: it is kept until they are there.
 */
export function useSaid(
  own: Pick<Speech, 'id' | 'state'>[],
  onSettled: (settled: Settled) => void,
): void {
  const user = useMe()?.user
  const early = useRef(new Map<string, Settled>())
  const waiting = own.some((one) => one.state !== 'shown')
  useRoom<Settled>(waiting && user ? `said:${user.id}` : null, (event) => {
    if (event.kind !== 'speech') return
    if (own.some((one) => one.id === event.id)) onSettled(event)
    else early.current.set(event.id, event)
  })
  useEffect(() => {
    for (const { id } of own) {
      const settled = early.current.get(id)
      if (!settled) continue
      early.current.delete(id)
      onSettled(settled)
    }
  })
}
