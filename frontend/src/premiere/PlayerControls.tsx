import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { SoundButton } from '../player/SoundButton'
import { isMuted, setSound } from '../player/sound'
import stage from '../player/VideoLayout.module.css'
import { AiLabel } from '../ui/ContentLabels'
import { Icon } from '../ui/Icon'
import { useWideScreen } from '../ui/useMediaQuery'
import { usePageKeys } from '../ui/usePageKeys'
import { ConnectionNotice } from './ConnectionNotice'
import { EpisodePath } from './EpisodePath'
import { premiereMessages } from './messages'
import styles from './PremierePlayer.module.css'
import { elapsedShare } from './serverClock'
import { type PremiereConnection, useServerTime } from './usePremiere'
import { VoteOutcome } from './VoteOutcome'
import { VotePanel } from './VotePanel'

/** Around the picture: the vote, title and labels, progress, sound and full screen. */
export function PlayerControls({
  premiere,
  root,
}: {
  premiere: PremiereConnection
  root: RefObject<HTMLElement | null>
}) {
  const t = useMessages(premiereMessages)
  const isDesktop = useWideScreen()
  const { state } = premiere
  const { series, episode } = state
  const notice = state.playback?.ai_notice ?? null
  const voting = state.phase === 'voting'
  const fullscreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void root.current?.requestFullscreen?.().catch(() => {})
  }
  usePageKeys({ m: () => setSound(isMuted()), f: fullscreen })
  return (
    <>
      {voting && <VotePanel premiere={premiere} notice={notice} />}
      <VoteOutcome turn={state.turns.at(-1)} round={state.round} fresh={!voting} />
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
        {isDesktop && <p className={styles.syncNote}>{t('synchronised')}</p>}
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
        <section className={stage.column} aria-label={t('path')}>
          <h2>{t('path')}</h2>
          {state.turns.length === 0 ? (
            <p className={styles.muted}>{t('pathEmpty')}</p>
          ) : (
            <EpisodePath turns={state.turns} />
          )}
        </section>
      )}
    </>
  )
}

/** How far the episode is: to be seen, not to be dragged. */
function EpisodeProgress({ premiere: { state, clock } }: { premiere: PremiereConnection }) {
  const t = useMessages(premiereMessages)
  const current = useServerTime(clock, 500)
  const share = elapsedShare(state.phase_started_at, state.phase_ends_at, current)
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
