/**
 * A room's live events: replayed from the last one seen, then live; the same after a dropped line.
 */
import { useEffect, useRef, useState } from 'react'
import { ReliableSocket, type SocketStatus, socketUrl } from './socket'

/**
 * Calls `onEvent` with each event of the room while the component is there; `null` joins none.
 * `startAfter` is the last event that is known already, as it was when the room was joined.
 */
export function useRealtimeRoom<T>(
  room: string | null,
  onEvent: (event: T) => void,
  startAfter = 0,
): SocketStatus {
  const [status, setStatus] = useState<SocketStatus>('connecting')
  const latest = useRef(onEvent)
  const known = useRef(startAfter)
  useEffect(() => {
    latest.current = onEvent
    known.current = startAfter
  })
  useEffect(() => {
    if (room === null) return
    let after = known.current
    const socket = new ReliableSocket({
      url: () => socketUrl(`/ws/rooms/${room}/?after=${after}`),
      onStatus: setStatus,
      onMessage: (message) => {
        const { type, events } = message as { type: string; events: { id: number; event: T }[] }
        if (type !== 'events') return
        for (const { id, event } of events) {
          if (id <= after) continue
          after = id
          latest.current(event)
        }
      },
    })
    return () => socket.close()
  }, [room])
  return status
}
