import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useFormat } from '../i18n/format'
import { langOf, useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { SoundButton } from '../player/SoundButton'
import { AiLabel } from '../ui/ContentLabels'
import { FilingLabel } from '../ui/FilingLabel'
import { Icon } from '../ui/Icon'
import { ConnectionNotice } from './ConnectionNotice'
import { premiereMessages } from './messages'
import styles from './PremiereCountdown.module.css'
import { countdown, elapsedShare } from './serverClock'
import type { PremiereConnection } from './usePremiere'
import { useServerTime } from './usePremiere'

/** Before it starts: the book, who is here, and a lamp that is lit as the hour comes near. */
export function PremiereCountdown({ premiere }: { premiere: PremiereConnection }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const localized = useLocalizedText()
  const { state, clock } = premiere
  const now = useServerTime(clock, 250)
  const leftMs = Date.parse(state.starts_at) - now
  const open = now >= Date.parse(state.doors_open_at)
  const glow = open ? elapsedShare(state.doors_open_at, state.starts_at, now) : 0
  const { series } = state
  const first = state.upcoming[0]
  return (
    <>
      {series?.poster_url && (
        <div
          className={styles.ambient}
          style={{ backgroundImage: `url("${series.poster_url}")` }}
        />
      )}
      <header className={styles.header}>
        <Link
          to={series ? '/series/$seriesId' : '/theatre'}
          params={series ? { seriesId: series.id } : {}}
          className={styles.back}
        >
          <Icon name="back" size={22} />
          {t('back')}
        </Link>
        <SoundButton />
      </header>
      <div className={styles.layout}>
        <div className={styles.poster}>
          {series?.poster_url && <img src={series.poster_url} alt="" />}
          <span className={styles.light} style={{ opacity: 0.1 + 0.9 * glow }} aria-hidden="true" />
        </div>
        <div className={styles.content}>
          <p className={styles.kicker}>{t('premiere')}</p>
          <h1 lang={series ? langOf(series.language) : undefined}>
            {series?.title ?? t('goneTitle')}
          </h1>
          <p className={styles.time}>
            <time dateTime={state.starts_at}>
              {t('startsAt', { when: format.dateTime(state.starts_at) })}
            </time>
          </p>
          <div className={styles.countdown}>
            <Lantern glow={glow} />
            <TimeLeft leftMs={leftMs} />
          </div>
          <p className={styles.doorsOpen}>
            {open ? t('doorsOpen') : t('doorsAt', { when: format.dateTime(state.doors_open_at) })}
          </p>
          {open && (
            <p className={styles.audience}>
              {state.present > 1 ? t('audienceWaiting', { n: state.present }) : t('audienceFirst')}
            </p>
          )}
          {series?.branching && (
            <p className={styles.voteNote}>
              {t('votesHere')} {localized(state.vote_rule_text)}
            </p>
          )}
          {series && (
            <p className={styles.filing}>
              <AiLabel notice={first?.playback.ai_notice ?? null} />
              <FilingLabel filing={series.filing} size={22} />
            </p>
          )}
          <ConnectionNotice connection={premiere.connection} className={styles.connection} />
          <p className="unseen" role="status">
            <CountdownAnnouncements leftMs={leftMs} open={open} />
          </p>
        </div>
      </div>
    </>
  )
}

/**
 * Minutes and seconds until the start. Not live for screen readers: `CountdownAnnouncements` says
 * the milestones.
 */
function TimeLeft({ leftMs }: { leftMs: number }) {
  const t = useMessages(premiereMessages)
  const { days, hours, minutes, seconds } = countdown(leftMs)
  const pad = (n: number) => String(n).padStart(2, '0')
  return (
    <div className={styles.timeLeft} role="timer" aria-label={t('timer')}>
      {days > 0 ? (
        <span>{t('timerDays', { days, hours })}</span>
      ) : (
        <span className={styles.digits}>
          {hours > 0 && `${hours}:`}
          {pad(minutes)}:{pad(seconds)}
        </span>
      )}
    </div>
  )
}

/** A few words at the moments that matter, for who does not see the lamp. */
function CountdownAnnouncements({ leftMs, open }: { leftMs: number; open: boolean }) {
  const t = useMessages(premiereMessages)
  const moment = leftMs <= 10_000 ? 'very' : leftMs <= 60_000 ? 'soon' : open ? 'open' : 'shut'
  const [announcement, setAnnouncement] = useState('')
  useEffect(() => {
    setAnnouncement(
      { very: t('verySoon'), soon: t('soon'), open: t('doorsOpen'), shut: '' }[moment],
    )
  }, [moment, t])
  return announcement
}

/** A lantern that is dark when the doors open and full when the play begins. */
function Lantern({ glow }: { glow: number }) {
  return (
    <svg className={styles.lantern} viewBox="0 0 80 120" aria-hidden="true">
      <path
        className={styles.flame}
        style={{ opacity: glow }}
        d="M26 22c-22 12-22 50 0 62h28c22-12 22-50 0-62z"
      />
      <path d="M40 4v18M26 22h28M26 84h28M40 84v10M34 94v20M40 94v24M46 94v20" />
      <path d="M26 22c-22 12-22 50 0 62h28c22-12 22-50 0-62z" />
      <path d="M40 22v62M30 22c-10 16-10 46 0 62M50 22c10 16 10 46 0 62" />
    </svg>
  )
}
