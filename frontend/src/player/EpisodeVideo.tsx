import { useEffect, useMemo } from 'react'
import type { EpisodeCard, Playback } from '../api/types'
import { useMessages } from '../i18n/messages'
import { playerMessages } from './messages'
import { useVideoPlayer } from './useVideoPlayer'
import styles from './VideoLayout.module.css'
import type { PlaybackRole, PlaybackState, VideoPlayer } from './VideoPlayer'
import { WatchLog } from './watchLog'

export interface ActiveVideo {
  player: VideoPlayer
  state: PlaybackState
  cutId: string
}

/** The video of one episode: the one that plays, or one that may come next and is preloaded. */
export function EpisodeVideo({
  title,
  episode,
  playback,
  role,
  shown,
  startMs = 0,
  onActive,
}: {
  title: string
  episode: EpisodeCard
  playback: Playback
  role: PlaybackRole
  /** Its picture is the one on screen, also while it waits. */
  shown: boolean
  startMs?: number
  onActive: (active: ActiveVideo) => void
}) {
  const t = useMessages(playerMessages)
  const log = useMemo(
    () =>
      new WatchLog({
        episodeId: episode.id,
        cutId: playback.cut_id,
        durationMs: playback.duration_ms,
      }),
    [episode.id, playback.cut_id, playback.duration_ms],
  )
  const { videoRef, player, state } = useVideoPlayer({
    episodeId: episode.id,
    playback,
    role,
    startMs,
    onMoment: log.onMoment,
  })
  const active = role === 'active'
  useEffect(() => {
    if (active && player) onActive({ player, state, cutId: playback.cut_id })
  }, [active, player, state, playback.cut_id, onActive])
  return (
    <video
      ref={videoRef}
      className={styles.picture}
      hidden={!shown}
      poster={playback.poster_url}
      aria-label={t('video', { title, number: episode.number })}
      playsInline
      disableRemotePlayback
    />
  )
}
