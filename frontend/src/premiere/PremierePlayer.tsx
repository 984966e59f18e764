import { Link } from '@tanstack/react-router'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useFormat } from '../i18n/format'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { type ActiveVideo, EpisodeVideo } from '../player/EpisodeVideo'
import { PlaybackStatus } from '../player/PlaybackStatus'
import { SoundButton } from '../player/SoundButton'
import { isMuted, setSound, useSound } from '../player/sound'
import { useAutoHide } from '../player/useAutoHide'
import stage from '../player/VideoLayout.module.css'
import { Button } from '../ui/Button'
import { AiLabel } from '../ui/ContentLabels'
import { Icon } from '../ui/Icon'
import { useWideScreen } from '../ui/useMediaQuery'
import { usePageKeys } from '../ui/usePageKeys'
import { ConnectionNotice } from './ConnectionNotice'
import { EpisodePath } from './EpisodePath'
import { premiereMessages } from './messages'
import { PremiereCountdown } from './PremiereCountdown'
import countdownStyles from './PremiereCountdown.module.css'
import styles from './PremierePlayer.module.css'
import { elapsedShare } from './serverClock'
import { usePlaybackSync } from './usePlaybackSync'
import { type PremiereConnection, useReached, useServerTime } from './usePremiere'
import { VoteOutcome } from './VoteOutcome'
import { VotePanel } from './VotePanel'

/** A film needs about so long to load, so whoever comes late starts a little further on. */
const LOAD_LEAD_MS = 600

/** The first film is made ready this long before it starts. */
const PRELOAD_MS = 60_000

/**
 * Before it starts the wait, then one film for everybody at one moment, and at a fork the ballot over it. The films that may come
 * next are made ready on the very elements that will play.
 */
export function PremierePlayer({ premiere }: { premiere: PremiereConnection }) {
  const root = useRef<HTMLElement>(null)
  const { scene, clock } = premiere
  const { series, playback } = scene
  const [current, setCurrent] = useState<ActiveVideo | null>(null)
  const onActive = useCallback((next: ActiveVideo) => setCurrent(next), [])
  const waiting = scene.phase === 'scheduled'
  const voting = scene.phase === 'voting'
  const startsSoon = useReached(clock, Date.parse(scene.starts_at) - PRELOAD_MS)
  const playing = current?.cutId === playback?.cut_id ? current : null
  const player = playing?.player ?? null
  const state = playing?.state ?? 'loading'
  usePlaybackSync(player, scene.phase_started_at, clock, scene.phase === 'playing')
  const { quiet } = useAutoHide(root, state === 'playing' && !voting)
  // Who was watching sees the last second to its end under the ballot; who comes during the vote sees only its picture.
  const watchedCutId = useRef<string | null>(null)
  useEffect(() => {
    if (!voting) watchedCutId.current = playback?.cut_id ?? null
  }, [voting, playback])
  const shouldPlay = !voting || watchedCutId.current === playback?.cut_id
  const films = [
    ...(scene.episode && playback ? [{ episode: scene.episode, playback }] : []),
    ...(waiting && !startsSoon ? [] : scene.upcoming),
  ]
  const position = clock.now() - Date.parse(scene.phase_started_at) + LOAD_LEAD_MS
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

function PlayerOverlay({
  premiere: { scene },
  current,
}: {
  premiere: PremiereConnection
  current: ActiveVideo | null
}) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const voting = scene.phase === 'voting'
  const state = current?.state ?? 'loading'
  return (
    <>
      <div className={stage.shade} />
      {!voting && state !== 'paused' && (
        <PlaybackStatus player={current?.player ?? null} state={state} />
      )}
      <p className={styles.audience}>
        <span className={styles.dot} aria-hidden="true" />
        <span>
          {t('premiere')} · {t('watching', { n: format.count(Math.max(1, scene.present)) })}
        </span>
      </p>
      {!voting && <UnmuteButton />}
    </>
  )
}

function PlayerControls({
  premiere,
  root,
}: {
  premiere: PremiereConnection
  root: RefObject<HTMLElement | null>
}) {
  const t = useMessages(premiereMessages)
  const isDesktop = useWideScreen()
  const { scene } = premiere
  const { series, episode } = scene
  const notice = scene.playback?.ai_notice ?? null
  const voting = scene.phase === 'voting'
  const fullscreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void root.current?.requestFullscreen?.().catch(() => {})
  }
  usePageKeys({ m: () => setSound(isMuted()), f: fullscreen })
  return (
    <>
      {voting && <VotePanel premiere={premiere} notice={notice} />}
      <VoteOutcome turn={scene.turns.at(-1)} round={scene.round} fresh={!voting} />
      <ConnectionNotice
        connection={premiere.connection}
        className={`${stage.notice} ${styles.notice}`}
      />
      <div className={stage.info}>
        <AiLabel notice={notice} />
        <h1 className={stage.title} lang={series ? langOf(series.language) : undefined}>
          {series?.title}
        </h1>
        <p className={stage.line} aria-live="polite">
          {episode && t('episodeLine', { number: episode.number, title: episode.title })}
        </p>
        {isDesktop && <p className={styles.syncNote}>{t('inStep')}</p>}
      </div>
      <div className={stage.bar}>
        <EpisodeProgress premiere={premiere} />
      </div>
      <div className={`${stage.hand} ${styles.controls}`}>
        <Link
          to={series ? '/series/$seriesId' : '/theatre'}
          params={series ? { seriesId: series.id } : {}}
        >
          <Icon name="back" />
          <span>{t('back')}</span>
        </Link>
        <span className={styles.soundControl}>
          <SoundButton />
          <span aria-hidden="true">{t('sound')}</span>
        </span>
        <button type="button" onClick={fullscreen}>
          <Icon name="expand" />
          <span>{t('fullscreen')}</span>
        </button>
      </div>
      {isDesktop && (
        <section className={stage.column} aria-label={t('way')}>
          <h2>{t('way')}</h2>
          {scene.turns.length === 0 ? (
            <p className={styles.muted}>{t('wayEmpty')}</p>
          ) : (
            <EpisodePath turns={scene.turns} />
          )}
        </section>
      )}
    </>
  )
}

/** How far the episode is: to be seen, not to be dragged. */
function EpisodeProgress({ premiere: { scene, clock } }: { premiere: PremiereConnection }) {
  const t = useMessages(premiereMessages)
  const current = useServerTime(clock, 500)
  const share = elapsedShare(scene.phase_started_at, scene.phase_ends_at, current)
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={t('progress')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 20) * 5}
    >
      <span style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}

/** The browser keeps a film silent until a touch: say so where nobody can miss it. */
function UnmuteButton() {
  const t = useMessages(premiereMessages)
  const { waiting } = useSound()
  if (!waiting) return null
  return (
    <Button className={styles.unmute} onClick={() => setSound(true)}>
      <Icon name="sound" size={24} />
      {t('soundOn')}
    </Button>
  )
}
