import { useEffect } from 'react'
import type { Film } from '../player/film'
import { Follower, type HouseClock } from './clock'

const LOOK_MS = 400

/** Keeps the film that plays in step with the house: it began at `startedAt`, and nobody holds it up. */
export function useStep(
  film: Film | null,
  startedAt: string,
  clock: HouseClock,
  playing: boolean,
): void {
  useEffect(() => {
    if (!film || !playing) return
    const follower = new Follower()
    const start = Date.parse(startedAt)
    const look = () => {
      const targetMs = clock.now() - start
      if (targetMs >= film.durationMs) return
      // Media keys, a headset or the browser may stop it; the house does not.
      if (film.state === 'paused') film.play()
      if (film.state !== 'playing' && film.state !== 'paused') return
      const { rate, seekMs } = follower.correct(film.positionMs, targetMs, performance.now())
      film.video.playbackRate = rate
      if (seekMs !== null) film.seek(seekMs)
    }
    look()
    const timer = setInterval(look, LOOK_MS)
    const unsubscribe = film.subscribe(look)
    return () => {
      clearInterval(timer)
      unsubscribe()
      film.video.playbackRate = 1
    }
  }, [film, startedAt, clock, playing])
}
