import { Link } from '@tanstack/react-router'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { usePageKeys } from '../feed/useFeedKeys'
import { useFormat } from '../i18n/format'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { PictureStatus } from '../player/PictureStatus'
import { SoundButton } from '../player/SoundButton'
import { isMuted, setSound, useSound } from '../player/sound'
import { useQuiet } from '../player/useQuiet'
import { AiMark } from '../ui/AiMark'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { useDesk } from '../ui/useMedia'
import stage from '../watch/Stage.module.css'
import { type OnStage, StageFilm } from '../watch/StageFilm'
import { Ballot } from './Ballot'
import { shareOf } from './clock'
import styles from './Hall.module.css'
import { Line } from './Line'
import { premiereMessages } from './messages'
import { Outcome } from './Outcome'
import { type Seat, useHouseTime, useReached } from './useHall'
import { useStep } from './useStep'
import { Waiting } from './Waiting'
import before from './Waiting.module.css'
import { Way } from './Way'

/** A film needs about so long to load, so whoever comes late starts a little further on. */
const LOADING_MS = 600

/** The first film is made ready this long before it starts. */
const READY_MS = 60_000

/**
 * Before it starts the wait, then one film for everybody at one moment, and at a fork the ballot over it. The films that may come
 * next are made ready on the very elements that will play.
 */
export function Hall({ seat }: { seat: Seat }) {
  const root = useRef<HTMLElement>(null)
  const { scene, clock } = seat
  const { series, playback } = scene
  const [now, setNow] = useState<OnStage | null>(null)
  const onStage = useCallback((next: OnStage) => setNow(next), [])
  const waiting = scene.phase === 'scheduled'
  const voting = scene.phase === 'voting'
  const soon = useReached(clock, Date.parse(scene.starts_at) - READY_MS)
  const onNow = now?.cutId === playback?.cut_id ? now : null
  const film = onNow?.film ?? null
  const state = onNow?.state ?? 'loading'
  useStep(film, scene.phase_started_at, clock, scene.phase === 'playing')
  const { quiet } = useQuiet(root, state === 'playing' && !voting)
  // Who was watching sees the last second to its end under the ballot; who comes during the vote sees only its picture.
  const watched = useRef<string | null>(null)
  useEffect(() => {
    if (!voting) watched.current = playback?.cut_id ?? null
  }, [voting, playback])
  const plays = !voting || watched.current === playback?.cut_id
  const films = [
    ...(scene.episode && playback ? [{ episode: scene.episode, playback }] : []),
    ...(waiting && !soon ? [] : scene.upcoming),
  ]
  const position = clock.now() - Date.parse(scene.phase_started_at) + LOADING_MS
  return (
    <main
      ref={root}
      id="content"
      className={waiting ? before.page : `${stage.page} ${styles.page}`}
      data-quiet={quiet || undefined}
      data-asking={voting || undefined}
    >
      {playback && (
        <div
          className={stage.ambient}
          style={{ backgroundImage: `url("${playback.poster_url}")` }}
        />
      )}
      <div className={waiting ? styles.ready : stage.stage}>
        {films.map((one) => {
          const current = one.playback.cut_id === playback?.cut_id
          return (
            <StageFilm
              key={one.playback.cut_id}
              title={series?.title ?? ''}
              episode={one.episode}
              playback={one.playback}
              part={current && plays ? 'active' : 'near'}
              shown={current}
              startMs={
                !current ? 0 : voting ? Math.max(0, one.playback.duration_ms - 200) : position
              }
              onStage={onStage}
            />
          )
        })}
        {!waiting && <OverFilm seat={seat} now={onNow} />}
      </div>
      {waiting ? <Waiting seat={seat} /> : <Running seat={seat} root={root} />}
    </main>
  )
}

function OverFilm({ seat: { scene }, now }: { seat: Seat; now: OnStage | null }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const voting = scene.phase === 'voting'
  const state = now?.state ?? 'loading'
  return (
    <>
      <div className={stage.shade} />
      {!voting && state !== 'paused' && <PictureStatus film={now?.film ?? null} state={state} />}
      <p className={styles.present}>
        <span className={styles.dot} aria-hidden="true" />
        <span>
          {t('premiere')} · {t('watching', { n: format.count(Math.max(1, scene.present)) })}
        </span>
      </p>
      {!voting && <BigSound />}
    </>
  )
}

function Running({ seat, root }: { seat: Seat; root: RefObject<HTMLElement | null> }) {
  const t = useMessages(premiereMessages)
  const desk = useDesk()
  const { scene } = seat
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
      {voting && <Ballot seat={seat} notice={notice} />}
      <Outcome turn={scene.turns.at(-1)} round={scene.round} fresh={!voting} />
      <Line line={seat.line} className={`${stage.notice} ${styles.notice}`} />
      <div className={stage.info}>
        <AiMark notice={notice} />
        <h1 className={stage.title} lang={series ? langOf(series.language) : undefined}>
          {series?.title}
        </h1>
        <p className={stage.line} aria-live="polite">
          {episode && t('episodeLine', { number: episode.number, title: episode.title })}
        </p>
        {desk && <p className={styles.step}>{t('inStep')}</p>}
      </div>
      <div className={stage.bar}>
        <Progress seat={seat} />
      </div>
      <div className={`${stage.hand} ${styles.hand}`}>
        <Link
          to={series ? '/series/$seriesId' : '/theatre'}
          params={series ? { seriesId: series.id } : {}}
        >
          <Icon name="back" />
          <span>{t('back')}</span>
        </Link>
        <span className={styles.soundHand}>
          <SoundButton />
          <span aria-hidden="true">{t('sound')}</span>
        </span>
        <button type="button" onClick={fullscreen}>
          <Icon name="expand" />
          <span>{t('fullscreen')}</span>
        </button>
      </div>
      {desk && (
        <section className={stage.column} aria-label={t('way')}>
          <h2>{t('way')}</h2>
          {scene.turns.length === 0 ? (
            <p className={styles.soft}>{t('wayEmpty')}</p>
          ) : (
            <Way turns={scene.turns} />
          )}
        </section>
      )}
    </>
  )
}

/** How far the episode is: to be seen, not to be dragged. */
function Progress({ seat: { scene, clock } }: { seat: Seat }) {
  const t = useMessages(premiereMessages)
  const now = useHouseTime(clock, 500)
  const share = shareOf(scene.phase_started_at, scene.phase_ends_at, now)
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
function BigSound() {
  const t = useMessages(premiereMessages)
  const { waiting } = useSound()
  if (!waiting) return null
  return (
    <Button className={styles.bigSound} onClick={() => setSound(true)}>
      <Icon name="sound" size={24} />
      {t('soundOn')}
    </Button>
  )
}
