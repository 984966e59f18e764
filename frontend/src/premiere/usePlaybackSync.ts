import { useEffect } from 'react'
import type { VideoPlayer } from '../player/VideoPlayer'
import { DriftCorrector, type ServerClock } from './serverClock'

const CHECK_MS = 400

/** Keeps the playing film at the server's clock, as of its start at `startedAt`. */
export function usePlaybackSync(
  player: VideoPlayer | null,
  startedAt: string,
  clock: ServerClock,
  playing: boolean,
): void {
  useEffect(() => {
    if (!player || !playing) return
    const corrector = new DriftCorrector()
    const start = Date.parse(startedAt)
    const correctDrift = () => {
      const targetMs = clock.now() - start
      if (targetMs >= player.durationMs) return
      // Media keys, a headset or the browser may stop it; the premiere goes on.
      if (player.state === 'paused') player.play()
      if (player.state !== 'playing' && player.state !== 'paused') return
      const { rate, seekMs } = corrector.correct(player.positionMs, targetMs, performance.now())
      player.video.playbackRate = rate
      if (seekMs !== null) player.seek(seekMs)
    }
    correctDrift()
    const timer = setInterval(correctDrift, CHECK_MS)
    const unsubscribe = player.subscribe(correctDrift)
    return () => {
      clearInterval(timer)
      unsubscribe()
      player.video.playbackRate = 1
    }
  }, [player, startedAt, clock, playing])
}
