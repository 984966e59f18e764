import { useEffect, useRef, useState } from 'react'
import { type SocketStatus, socketUrl } from '../api/socket'
import type { PremiereScene, PremiereVisit, PremiereVote } from '../api/types'
import { HouseClock } from './clock'
import { type HallProblem, HallSocket } from './hallSocket'

/** How long a line may be down before the viewer is told. */
const DROPPED_AFTER_MS = 1200
/** What a browser's timer can count. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface Seat {
  scene: PremiereScene
  clock: HouseClock
  /** What one wants in the present round, acknowledged or on its way. */
  wish: { choiceId: string; sure: boolean } | null
  vote: (choiceId: string) => void
  line: 'up' | 'dropped' | 'away'
}

/** A seat for the life of the component, from the visit that opened the page on. */
export function useHall(visit: PremiereVisit, onRefused: (problem: HallProblem) => void): Seat {
  const [clock] = useState(() => {
    const made = new HouseClock()
    made.stamp(visit.server_now)
    return made
  })
  const [scene, setScene] = useState<PremiereScene>(visit)
  const [vote, setVote] = useState<PremiereVote | null>(visit.my_vote)
  const [sent, setSent] = useState<PremiereVote | null>(null)
  const [away, setAway] = useState(false)
  const [status, setStatus] = useState<SocketStatus>('connecting')
  const [dropped, setDropped] = useState(false)
  const hall = useRef<HallSocket | null>(null)
  const refused = useRef(onRefused)
  useEffect(() => {
    refused.current = onRefused
  })
  const id = visit.id
  useEffect(() => {
    const made = new HallSocket({
      url: socketUrl(`/ws/premieres/${id}/`),
      clock,
      onScene: setScene,
      onVote: (mine) => {
        setVote(mine)
        setSent(null)
      },
      onRefused: (problem) => {
        setSent(null)
        refused.current(problem)
      },
      onAway: setAway,
      onStatus: setStatus,
    })
    hall.current = made
    return () => made.close()
  }, [id, clock])
  const open = status === 'open'
  useEffect(() => {
    if (open) {
      setDropped(false)
      return
    }
    const timer = setTimeout(() => setDropped(true), DROPPED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [open])

  const mine = [sent, vote].find((one) => one?.round === scene.round)
  return {
    scene,
    clock,
    wish: mine ? { choiceId: mine.choice_id, sure: mine !== sent } : null,
    vote: (choiceId) => {
      setSent({ round: scene.round, choice_id: choiceId })
      hall.current?.vote(scene.round, choiceId)
    },
    line: dropped ? 'dropped' : away ? 'away' : 'up',
  }
}

/** The house's time, read anew every so many milliseconds. */
export function useHouseTime(clock: HouseClock, everyMs: number): number {
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    setNow(clock.now())
    const timer = setInterval(() => setNow(clock.now()), everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return now
}

/** Whether the house's time has reached a moment; says so when it does. */
export function useReached(clock: HouseClock, momentMs: number): boolean {
  const [reached, setReached] = useState(() => clock.now() >= momentMs)
  useEffect(() => {
    const leftMs = momentMs - clock.now()
    setReached(leftMs <= 0)
    if (leftMs <= 0 || leftMs > LONGEST_TIMER_MS) return
    const timer = setTimeout(() => setReached(true), leftMs)
    return () => clearTimeout(timer)
  }, [clock, momentMs])
  return reached
}
