import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { FeedItem } from '../api/types'
import { useFavourite, useFollow, useNotInterested } from '../catalog/seriesActions'
import { useMessages } from '../i18n/messages'
import { playerMessages } from '../player/messages'
import { PlaybackStatus } from '../player/PlaybackStatus'
import { Scrubber } from '../player/Scrubber'
import { SoundButton } from '../player/SoundButton'
import { isMuted, justUnlocked, setSound } from '../player/sound'
import { useAutoHide } from '../player/useAutoHide'
import type { PlaybackRole } from '../player/VideoPlayer'
import { Icon } from '../ui/Icon'
import { useWideScreen } from '../ui/useMediaQuery'
import { usePageKeys } from '../ui/usePageKeys'
import { ActionRail } from './ActionRail'
import { EpisodeInfo } from './EpisodeInfo'
import styles from './FeedEpisode.module.css'
import { feedMessages } from './messages'
import { useFeedVideo } from './useFeedVideo'

// What one opens on purpose comes when it is opened.
const EndCard = lazy(() => import('./EndCard').then((file) => ({ default: file.EndCard })))
const Dismissed = lazy(() => import('./EndCard').then((file) => ({ default: file.Dismissed })))
const WhySheet = lazy(() => import('./WhySheet').then((file) => ({ default: file.WhySheet })))
const EpisodeSheet = lazy(() =>
  import('../catalog/EpisodeList').then((file) => ({ default: file.EpisodeSheet })),
)
const CommentSheet = lazy(() =>
  import('../speech/CommentSheet').then((file) => ({ default: file.CommentSheet })),
)
const DanmakuLayer = lazy(() =>
  import('../speech/DanmakuLayer').then((file) => ({ default: file.DanmakuLayer })),
)
const DanmakuBar = lazy(() =>
  import('../speech/DanmakuBar').then((file) => ({ default: file.DanmakuBar })),
)
const EpisodeColumn = lazy(() =>
  import('../catalog/EpisodeList').then((file) => ({ default: file.EpisodeColumn })),
)

interface FeedEpisodeProps {
  item: FeedItem
  place: number
  /** How many films there are, or -1 while more may come. */
  of: number
  role: PlaybackRole
  onNext: () => void
  onPrevious?: () => void
}

/** One page of the feed: the picture, and what appears around it. */
export function FeedEpisode({ item, place, of, role, onNext, onPrevious }: FeedEpisodeProps) {
  const t = useMessages(feedMessages)
  const p = useMessages(playerMessages)
  const wide = useWideScreen()
  const { series, episode, playback } = item
  const active = role === 'active'

  const { videoRef, player, state } = useFeedVideo(item, role)

  const favourite = useFavourite(series.id, item.state.favourite)
  const follow = useFollow(series.creator.id, item.state.following)
  const dismissal = useNotInterested(series.id)
  const [sheet, setSheet] = useState<'why' | 'episodes' | 'comments' | 'say' | null>(null)
  const page = useRef<HTMLElement>(null)
  const { quiet, wake } = useAutoHide(
    page,
    active && state === 'playing' && sheet === null && !dismissal.on,
  )

  // A film that was dismissed does not go on behind the notice.
  useEffect(() => {
    if (dismissal.on) player?.pause()
  }, [dismissal.on, player])

  const toggle = () => {
    if (justUnlocked()) return
    wake()
    player?.toggle()
  }
  const goFullscreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void page.current?.requestFullscreen?.().catch(() => {})
  }
  usePageKeys(
    {
      ' ': toggle,
      m: () => setSound(isMuted()),
      l: favourite.toggle,
      f: goFullscreen,
      c: () => setSheet('comments'),
      d: () => setSheet('say'),
      ArrowRight: () => player?.seek(player.positionMs + 5000),
      ArrowLeft: () => player?.seek(player.positionMs - 5000),
    },
    active,
  )

  // A card lies over the picture: everything but the mark and the title steps back, on a wide
  // screen only the bar.
  const over = active && (state === 'ended' || dismissal.on)
  return (
    <article
      ref={page}
      className={styles.page}
      data-quiet={quiet || over || undefined}
      data-state={state}
      inert={!active}
      aria-posinset={place}
      aria-setsize={of}
      aria-label={t('itemLabel', {
        series: series.title,
        number: episode.number,
        title: episode.title,
      })}
    >
      <div
        className={styles.ambient}
        style={{ backgroundImage: `url("${playback.poster_url}")` }}
      />
      <div className={styles.stage}>
        <video
          ref={videoRef}
          className={styles.picture}
          poster={playback.poster_url}
          aria-label={p('video', { title: series.title, number: episode.number })}
          playsInline
          disableRemotePlayback
        />
        <button type="button" className={styles.surface} onClick={toggle}>
          <span className="unseen">{state === 'playing' ? p('pause') : p('play')}</span>
        </button>
        <div className={styles.shade} />
        {active && !over && (
          <Suspense>
            <DanmakuLayer episodeId={episode.id} player={player} playing={state === 'playing'} />
          </Suspense>
        )}
        {active && !over && (
          <PlaybackStatus
            player={player}
            state={state}
            onSkip={onNext}
            skipLabel={wide ? t('next') : t('swipeOn')}
          />
        )}
        <Suspense>
          {active && dismissal.on && (
            <Dismissed
              title={series.title}
              onUndo={() => dismissal.set(false)}
              nextLabel={wide ? t('next') : t('swipeOn')}
              onNext={onNext}
            />
          )}
          {active && state === 'ended' && !dismissal.on && (
            <EndCard
              item={item}
              onAgain={() => player?.replay()}
              nextLabel={wide ? t('next') : t('swipeOn')}
              onNext={onNext}
            />
          )}
        </Suspense>
        <div className={styles.sound}>
          <SoundButton />
        </div>
      </div>

      <EpisodeInfo item={item} onWhy={() => setSheet('why')} />

      <ActionRail
        item={item}
        favourite={favourite}
        follow={follow}
        onEpisodes={() => setSheet('episodes')}
        onComments={() => setSheet('comments')}
        onSay={() => setSheet('say')}
        onLess={() => dismissal.set(true)}
        onTurn={{ next: onNext, previous: onPrevious }}
        onFullscreen={goFullscreen}
      />

      <div className={styles.bar}>
        {!wide && (
          <button type="button" className={styles.strip} onClick={() => setSheet('episodes')}>
            <span>
              {t('episodeOf', { number: episode.number, count: series.episode_count })}
              {series.branching && ` · ${t('branches')}`}
            </span>
            <span className={styles.stripOpen}>
              {t('episodes')} <Icon name="up" size={16} />
            </span>
          </button>
        )}
        <Scrubber player={player} playback={playback} />
      </div>

      <Suspense>
        {wide && active && <EpisodeColumn series={series} current={episode.id} />}
        {sheet === 'comments' && (
          <CommentSheet episode={episode} player={player} onClose={() => setSheet(null)} />
        )}
        {sheet === 'say' && (
          <DanmakuBar episodeId={episode.id} player={player} onClose={() => setSheet(null)} />
        )}
        {sheet === 'why' && <WhySheet item={item} onClose={() => setSheet(null)} />}
        {sheet === 'episodes' && (
          <EpisodeSheet series={series} current={episode.id} onClose={() => setSheet(null)} />
        )}
      </Suspense>
    </article>
  )
}
