import { useEffect, useMemo, useRef } from 'react'
import type { FeedItem } from '../api/types'
import { NEARLY_OVER_MS, useVideoPlayer } from '../player/useVideoPlayer'
import type { PlaybackRole } from '../player/VideoPlayer'
import { WatchLog } from '../player/watchLog'

/** The player of one item of the feed. What is watched is logged under the item's impression. */
export function useFeedVideo(item: FeedItem, role: PlaybackRole) {
  const { episode, playback, impression_id: impressionId } = item
  const log = useMemo(
    () =>
      new WatchLog({
        episodeId: episode.id,
        cutId: playback.cut_id,
        durationMs: playback.duration_ms,
        impressionId,
      }),
    [episode.id, playback.cut_id, playback.duration_ms, impressionId],
  )
  const { position_ms: position } = item.state
  const player = useVideoPlayer({
    episodeId: episode.id,
    playback,
    role,
    startMs: position < playback.duration_ms - NEARLY_OVER_MS ? position : 0,
    onMoment: log.onMoment,
  })

  const active = role === 'active'
  const seen = useRef(false)
  useEffect(() => {
    if (!active || seen.current) return
    seen.current = true
    log.impression()
  }, [active, log])

  return player
}
