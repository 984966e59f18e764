import { useEffect, useRef, useState } from 'react'
import { type SocketStatus, socketUrl } from '../api/socket'
import type { PremiereState, PremiereVisit, PremiereVote } from '../api/types'
import { PremiereSocket, type VoteProblem } from './premiereSocket'
import { ServerClock } from './serverClock'

/** How long a line may be down before the viewer is told. */
const DROP_NOTICE_DELAY_MS = 1200
/** What a browser's timer can count. */
const MAX_TIMER_MS = 2 ** 31 - 1

export interface PremiereConnection {
  state: PremiereState
  clock: ServerClock
  /** The viewer's vote in the present round, acknowledged or on its way. */
  ownVote: { choiceId: string; confirmed: boolean } | null
  vote: (choiceId: string) => void
  connection: 'up' | 'dropped' | 'away'
}

/**
 * The connection to a premiere, open as long as the component is mounted; `visit` is what the page
 * was opened with.
 */
export function usePremiere(
  visit: PremiereVisit,
  onRefused: (problem: VoteProblem) => void,
): PremiereConnection {
  const [clock] = useState(() => {
    const created = new ServerClock()
    created.addTimestamp(visit.server_now)
    return created
  })
  const [state, setState] = useState<PremiereState>(visit)
  const [vote, setVote] = useState<PremiereVote | null>(visit.my_vote)
  const [sentVote, setSentVote] = useState<PremiereVote | null>(null)
  const [isUnavailable, setIsUnavailable] = useState(false)
  const [status, setStatus] = useState<SocketStatus>('connecting')
  const [isDropped, setIsDropped] = useState(false)
  const socket = useRef<PremiereSocket | null>(null)
  const latestOnRefused = useRef(onRefused)
  useEffect(() => {
    latestOnRefused.current = onRefused
  })
  const id = visit.id
  useEffect(() => {
    const created = new PremiereSocket({
      url: socketUrl(`/ws/premieres/${id}/`),
      clock,
      onState: setState,
      onVote: (mine) => {
        setVote(mine)
        setSentVote(null)
      },
      onRefused: (problem) => {
        setSentVote(null)
        latestOnRefused.current(problem)
      },
      onUnavailable: setIsUnavailable,
      onStatus: setStatus,
    })
    socket.current = created
    return () => created.close()
  }, [id, clock])
  const isOpen = status === 'open'
  useEffect(() => {
    if (isOpen) {
      setIsDropped(false)
      return
    }
    const timer = setTimeout(() => setIsDropped(true), DROP_NOTICE_DELAY_MS)
    return () => clearTimeout(timer)
  }, [isOpen])

  const currentVote = [sentVote, vote].find((candidate) => candidate?.round === state.round)
  return {
    state,
    clock,
    ownVote: currentVote
      ? { choiceId: currentVote.choice_id, confirmed: currentVote !== sentVote }
      : null,
    vote: (choiceId) => {
      setSentVote({ round: state.round, choice_id: choiceId })
      socket.current?.vote(state.round, choiceId)
    },
    connection: isDropped ? 'dropped' : isUnavailable ? 'away' : 'up',
  }
}

/** The server's time, read anew every so many milliseconds. */
export function useServerTime(clock: ServerClock, everyMs: number): number {
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    setNow(clock.now())
    const timer = setInterval(() => setNow(clock.now()), everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return now
}

/** Whether the server's time has reached a moment; renders again when it does. */
export function useReached(clock: ServerClock, momentMs: number): boolean {
  const [reached, setReached] = useState(() => clock.now() >= momentMs)
  useEffect(() => {
    const leftMs = momentMs - clock.now()
    setReached(leftMs <= 0)
    if (leftMs <= 0 || leftMs > MAX_TIMER_MS) return
    const timer = setTimeout(() => setReached(true), leftMs)
    return () => clearTimeout(timer)
  }, [clock, momentMs])
  return reached
}
