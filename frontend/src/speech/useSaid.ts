/** What becomes of one's own words. */
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

/** Calls `onSettled` with each change of one's own words while `waiting`, those of the last days included. */
export function useSaid(waiting: boolean, onSettled: (settled: Settled) => void): void {
  const user = useMe()?.user
  useRoom<Settled>(waiting && user ? `said:${user.id}` : null, (event) => {
    if (event.kind === 'speech') onSettled(event)
  })
}
