import { useCallback, useEffect, useRef, useState } from 'react'
import { type ActiveVideo, EpisodeVideo } from '../player/EpisodeVideo'
import { useAutoHide } from '../player/useAutoHide'
import stage from '../player/VideoLayout.module.css'
import { PlayerControls } from './PlayerControls'
import { PlayerOverlay } from './PlayerOverlay'
import { PremiereCountdown } from './PremiereCountdown'
import countdownStyles from './PremiereCountdown.module.css'
import styles from './PremierePlayer.module.css'
import { usePlaybackSync } from './usePlaybackSync'
import { type PremiereConnection, useReached } from './usePremiere'

/** A film needs about so long to load, so whoever comes late starts a little further on. */
const LOAD_LEAD_MS = 600

/** The first film is made ready this long before it starts. */
const PRELOAD_MS = 60_000

/**
 * A countdown before the start, then the same film at the same time for everybody, and the vote
 * over it at a fork. The films that may come next are preloaded on the very elements that will
 * play.
 */
export function PremierePlayer({ premiere }: { premiere: PremiereConnection }) {
  const root = useRef<HTMLElement>(null)
  const { state, clock } = premiere
  const { series, playback } = state
  const [current, setCurrent] = useState<ActiveVideo | null>(null)
  const onActive = useCallback((next: ActiveVideo) => setCurrent(next), [])
  const waiting = state.phase === 'scheduled'
  const voting = state.phase === 'voting'
  const startsSoon = useReached(clock, Date.parse(state.starts_at) - PRELOAD_MS)
  const playing = current?.cutId === playback?.cut_id ? current : null
  const player = playing?.player ?? null
  const playerState = playing?.state ?? 'loading'
  usePlaybackSync(player, state.phase_started_at, clock, state.phase === 'playing')
  const { quiet } = useAutoHide(root, playerState === 'playing' && !voting)
  // Viewers who were watching see the last second to its end; latecomers to a vote see a still.
  const watchedCutId = useRef<string | null>(null)
  useEffect(() => {
    if (!voting) watchedCutId.current = playback?.cut_id ?? null
  }, [voting, playback])
  const shouldPlay = !voting || watchedCutId.current === playback?.cut_id
  const films = [
    ...(state.episode && playback ? [{ episode: state.episode, playback }] : []),
    ...(waiting && !startsSoon ? [] : state.upcoming),
  ]
  const position = clock.now() - Date.parse(state.phase_started_at) + LOAD_LEAD_MS
  return (
    <main
      ref={root}
      id="content"
      className={waiting ? countdownStyles.page : `${stage.page} ${styles.page}`}
      data-quiet={quiet || undefined}
      data-asking={voting || undefined}
    >
      {playback && (
        <div
          className={stage.ambient}
          style={{ backgroundImage: `url("${playback.poster_url}")` }}
        />
      )}
      <div className={waiting ? styles.preload : stage.stage}>
        {films.map((item) => {
          const current = item.playback.cut_id === playback?.cut_id
          return (
            <EpisodeVideo
              key={item.playback.cut_id}
              title={series?.title ?? ''}
              episode={item.episode}
              playback={item.playback}
              role={current && shouldPlay ? 'active' : 'preload'}
              shown={current}
              startMs={
                !current ? 0 : voting ? Math.max(0, item.playback.duration_ms - 200) : position
              }
              onActive={onActive}
            />
          )
        })}
        {!waiting && <PlayerOverlay premiere={premiere} current={playing} />}
      </div>
      {waiting ? (
        <PremiereCountdown premiere={premiere} />
      ) : (
        <PlayerControls premiere={premiere} root={root} />
      )}
    </main>
  )
}
