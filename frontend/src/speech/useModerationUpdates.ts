/** What becomes of one's own words. */
import { useEffect, useRef } from 'react'
import { useMe } from '../api/me'
import { useRealtimeRoom } from '../api/realtimeRoom'
import type { LocalizedText, Speech } from '../api/types'

export interface ModerationUpdate {
  kind: 'speech'
  id: string
  of: 'comment' | 'danmaku' | 'proposal'
  state: Speech['state']
  reason: LocalizedText | null
}

/**
 * Calls `onSettled` with what becomes of one's own words, while some of them wait. The news may be
 * quicker than the page is to list the words that it is about: it is kept until they are there.
 */
export function useModerationUpdates(
  own: Pick<Speech, 'id' | 'state'>[],
  onUpdate: (update: ModerationUpdate) => void,
): void {
  const user = useMe()?.user
  const unclaimed = useRef(new Map<string, ModerationUpdate>())
  const isWaiting = own.some((speech) => speech.state !== 'shown')
  useRealtimeRoom<ModerationUpdate>(
    isWaiting && user ? `speech_author:${user.id}` : null,
    (event) => {
      if (event.kind !== 'speech') return
      if (own.some((speech) => speech.id === event.id)) onUpdate(event)
      else unclaimed.current.set(event.id, event)
    },
  )
  useEffect(() => {
    for (const { id } of own) {
      const update = unclaimed.current.get(id)
      if (!update) continue
      unclaimed.current.delete(id)
      onUpdate(update)
    }
  })
}
