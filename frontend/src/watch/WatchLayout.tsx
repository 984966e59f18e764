import { Link, useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import type { EpisodeCard, Playback, SeriesDetail } from '../api/types'
import { EpisodeList, EpisodeSheet } from '../catalog/EpisodeList'
import { useFavourite, useSeriesMarks } from '../catalog/seriesActions'
import { useMessages } from '../i18n/messages'
import type { ActiveVideo } from '../player/EpisodeVideo'
import { playerMessages } from '../player/messages'
import { PlaybackStatus } from '../player/PlaybackStatus'
import { Scrubber } from '../player/Scrubber'
import { SoundButton } from '../player/SoundButton'
import { isMuted, justUnlocked, setSound } from '../player/sound'
import { useAutoHide } from '../player/useAutoHide'
import styles from '../player/VideoLayout.module.css'
import { ContentLabels } from '../ui/ContentLabels'
import { Icon } from '../ui/Icon'
import { useWideScreen } from '../ui/useMediaQuery'
import { usePageKeys } from '../ui/usePageKeys'
import { watchMessages } from './messages'

const CommentSheet = lazy(() =>
  import('../speech/CommentSheet').then((file) => ({ default: file.CommentSheet })),
)
const DanmakuLayer = lazy(() =>
  import('../speech/DanmakuLayer').then((file) => ({ default: file.DanmakuLayer })),
)
const DanmakuBar = lazy(() =>
  import('../speech/DanmakuBar').then((file) => ({ default: file.DanmakuBar })),
)

interface WatchLayoutProps {
  series: SeriesDetail
  episode: EpisodeCard
  playback: Playback
  now: ActiveVideo | null
  /** Something lies over the picture and waits for an answer: controls step back. */
  asking: boolean
  films: ReactNode
  over: ReactNode
  notice?: string | null
}

/**
 * The picture alone, with the controls below it; for a play-through and for a single episode.
 */
export function WatchLayout({
  series,
  episode,
  playback,
  now,
  asking,
  films,
  over,
  notice,
}: WatchLayoutProps) {
  const t = useMessages(watchMessages)
  const p = useMessages(playerMessages)
  const router = useRouter()
  const wide = useWideScreen()
  const root = useRef<HTMLElement>(null)
  const [sheet, setSheet] = useState<'episodes' | 'comments' | 'say' | null>(null)
  const favourite = useFavourite(series.id, useSeriesMarks(series).favourite)
  const player = now?.player ?? null
  const state = now?.state ?? 'loading'
  const { quiet, wake } = useAutoHide(root, state === 'playing' && sheet === null && !asking)

  const toggle = () => {
    if (justUnlocked()) return
    wake()
    player?.toggle()
  }
  usePageKeys(
    {
      ' ': toggle,
      m: () => setSound(isMuted()),
      l: favourite.toggle,
      c: () => setSheet('comments'),
      d: () => setSheet('say'),
      f: () => {
        if (document.fullscreenElement) void document.exitFullscreen()
        else void root.current?.requestFullscreen?.().catch(() => {})
      },
      ArrowRight: () => player?.seek(player.positionMs + 5000),
      ArrowLeft: () => player?.seek(player.positionMs - 5000),
    },
    !asking,
  )
  const goBack = () => {
    if (router.history.canGoBack()) router.history.back()
    else void router.navigate({ to: '/series/$seriesId', params: { seriesId: series.id } })
  }
  const toSeries = () =>
    void router.navigate({ to: '/series/$seriesId', params: { seriesId: series.id } })

  return (
    <main
      ref={root}
      id="content"
      className={styles.page}
      data-quiet={quiet || undefined}
      data-asking={asking || undefined}
    >
      <div
        className={styles.ambient}
        style={{ backgroundImage: `url("${playback.poster_url}")` }}
      />
      <div className={styles.stage}>
        {films}
        <button type="button" className={styles.surface} onClick={toggle} disabled={asking}>
          <span className="unseen">{state === 'playing' ? p('pause') : p('play')}</span>
        </button>
        <div className={styles.shade} />
        {!asking && (
          <Suspense>
            <DanmakuLayer episodeId={episode.id} player={player} playing={state === 'playing'} />
          </Suspense>
        )}
        {!asking && (
          <PlaybackStatus player={player} state={state} onSkip={toSeries} skipLabel={t('skip')} />
        )}
        <div className={styles.sound}>
          <SoundButton />
        </div>
      </div>
      {over}
      <p className={styles.notice} role="status">
        {notice && <span>{notice}</span>}
      </p>

      <div className={styles.info}>
        <ContentLabels playback={playback} />
        <h1 className={styles.title}>
          <Link to="/series/$seriesId" params={{ seriesId: series.id }}>
            {series.title}
          </Link>
        </h1>
        <p className={styles.line} aria-live="polite">
          {t('episodeLine', { number: episode.number, title: episode.title })}
        </p>
        {wide && <p className={styles.synopsis}>{series.synopsis}</p>}
      </div>

      <div className={styles.bar}>
        <Scrubber player={player} playback={playback} />
      </div>
      <div className={styles.hand}>
        <button type="button" onClick={goBack}>
          <Icon name="back" />
          <span>{t('back')}</span>
        </button>
        <button
          type="button"
          aria-pressed={favourite.on}
          data-lit={favourite.on || undefined}
          onClick={favourite.toggle}
        >
          <Icon name="bookmark" solid={favourite.on} />
          <span>{t(favourite.on ? 'favourited' : 'favourite')}</span>
        </button>
        <button type="button" onClick={() => setSheet('comments')}>
          <Icon name="comment" />
          <span>{t('comments')}</span>
        </button>
        <button type="button" onClick={() => setSheet('say')}>
          <Icon name="slips" />
          <span>{t('danmaku')}</span>
        </button>
        {!wide && (
          <button type="button" onClick={() => setSheet('episodes')}>
            <Icon name="list" />
            <span>{t('episodes')}</span>
          </button>
        )}
      </div>
      {wide && (
        <section className={styles.column} aria-label={t('episodes')}>
          <h2>{t('episodes')}</h2>
          <EpisodeList series={series} current={episode.id} />
        </section>
      )}
      {sheet === 'episodes' && (
        <EpisodeSheet series={series} current={episode.id} onClose={() => setSheet(null)} />
      )}
      <Suspense>
        {sheet === 'comments' && (
          <CommentSheet episode={episode} player={player} onClose={() => setSheet(null)} />
        )}
        {sheet === 'say' && (
          <DanmakuBar episodeId={episode.id} player={player} onClose={() => setSheet(null)} />
        )}
      </Suspense>
    </main>
  )
}
