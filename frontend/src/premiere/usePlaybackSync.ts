import { useEffect } from 'react'
import type { VideoPlayer } from '../player/VideoPlayer'
import { DriftCorrector, type ServerClock } from './serverClock'

const CHECK_MS = 400

/** Keeps the film that plays in step with the house: it began at `startedAt`, and nobody holds it up. */
export function usePlaybackSync(
  film: VideoPlayer | null,
  startedAt: string,
  clock: ServerClock,
  playing: boolean,
): void {
  useEffect(() => {
    if (!film || !playing) return
    const corrector = new DriftCorrector()
    const start = Date.parse(startedAt)
    const correctDrift = () => {
      const targetMs = clock.now() - start
      if (targetMs >= film.durationMs) return
      // Media keys, a headset or the browser may stop it; the house does not.
      if (film.state === 'paused') film.play()
      if (film.state !== 'playing' && film.state !== 'paused') return
      const { rate, seekMs } = corrector.correct(film.positionMs, targetMs, performance.now())
      film.video.playbackRate = rate
      if (seekMs !== null) film.seek(seekMs)
    }
    correctDrift()
    const timer = setInterval(correctDrift, CHECK_MS)
    const unsubscribe = film.subscribe(correctDrift)
    return () => {
      clearInterval(timer)
      unsubscribe()
      film.video.playbackRate = 1
    }
  }, [film, startedAt, clock, playing])
}
