/** What moderation decides about the viewer's own comments, danmaku and proposals. */
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
 * Calls `onUpdate` with each decision about one of the viewer's own texts, while some of them wait.
 * A decision may arrive before the page lists the text that it is about: it is kept until then.
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
