import { useEffect, useMemo } from 'react'
import type { EpisodeCard, Playback } from '../api/types'
import { useMessages } from '../i18n/messages'
import type { Film, FilmPart, FilmState } from '../player/film'
import { playerMessages } from '../player/messages'
import { useFilm } from '../player/useFilm'
import { WatchLog } from '../player/watchLog'
import styles from './Stage.module.css'

export interface OnStage {
  film: Film
  state: FilmState
  cutId: string
}

/** One film of the stage: the one that plays, or one that may come next and holds its first seconds ready. */
export function StageFilm({
  title,
  episode,
  playback,
  part,
  shown,
  startMs = 0,
  onStage,
}: {
  title: string
  episode: EpisodeCard
  playback: Playback
  part: FilmPart
  /** Its picture is the one on the stage, also while it waits. */
  shown: boolean
  startMs?: number
  onStage: (now: OnStage) => void
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
  const { videoRef, film, state } = useFilm({
    episodeId: episode.id,
    playback,
    part,
    startMs,
    onMoment: log.onMoment,
  })
  const active = part === 'active'
  useEffect(() => {
    if (active && film) onStage({ film, state, cutId: playback.cut_id })
  }, [active, film, state, playback.cut_id, onStage])
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
