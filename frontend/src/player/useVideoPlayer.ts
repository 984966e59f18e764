import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { answerOf, client } from '../api/client'
import type { Playback } from '../api/types'
import {
  type PlaybackEvent,
  type PlaybackRole,
  type PlaybackState,
  VideoPlayer,
} from './VideoPlayer'

/** Who stopped this close to the end of a film begins it anew. */
export const NEARLY_OVER_MS = 4000

interface UseVideoPlayer {
  videoRef: RefObject<HTMLVideoElement | null>
  player: VideoPlayer | null
  state: PlaybackState
}

const nothing = () => () => {}

/**
 * A player for the life of the component, or until the Cut changes. Its role may change at any
 * time.
 */
export function useVideoPlayer(options: {
  episodeId: string
  playback: Playback
  role: PlaybackRole
  startMs?: number
  onMoment?: (moment: PlaybackEvent) => void
}): UseVideoPlayer {
  const { episodeId, playback, role } = options
  const videoRef = useRef<HTMLVideoElement>(null)
  const [player, setPlayer] = useState<VideoPlayer | null>(null)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address must not restart it.
  useEffect(() => {
    const video = videoRef.current
    if (!video) return
    const made = new VideoPlayer(video, {
      playback,
      startMs: latest.current.startMs,
      refresh: () =>
        answerOf(
          client.GET('/api/v1/episodes/{episode_id}/playback', {
            params: { path: { episode_id: episodeId } },
          }),
        ),
      onMoment: (moment) => latest.current.onMoment?.(moment),
    })
    setPlayer(made)
    return () => made.destroy()
  }, [episodeId, playback.cut_id])

  useEffect(() => player?.setRole(role), [player, role])

  const state = useSyncExternalStore(player?.subscribe ?? nothing, () => player?.state ?? 'loading')
  return { videoRef, player, state }
}
