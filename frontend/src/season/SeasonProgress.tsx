import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { api } from '../api/client'
import { useRealtimeRoom } from '../api/realtimeRoom'
import type { SeasonData, SeasonEpisode } from '../api/types'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { seasonMessages } from './messages'
import styles from './SeasonProgress.module.css'

export const seasonQuery = api.queryOptions('get', '/api/v1/demo/season', undefined, {
  staleTime: 10_000,
})

const GATHER_MS = 700

/**
 * Reads the season anew when an event of the demo's room says so, at most once per GATHER_MS.
 */
export function useSeason(listen: boolean): SeasonData | undefined {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const season = useQuery(seasonQuery)
  useRealtimeRoom(listen ? 'demo' : null, () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: seasonQuery.queryKey })
    }, GATHER_MS)
  })
  return season.data
}

export function seasonInProgress(season: SeasonData | undefined): season is SeasonData {
  return season !== undefined && season.total > 0 && season.done < season.total
}

const STATE_WORDS = {
  waiting: 'stateWaiting',
  making: 'stateMaking',
  checking: 'stateChecking',
  shown: 'stateShown',
  failed: 'stateFailed',
} as const

/** A row of lanterns: each is lit once its episode is published. */
export function SeasonProgress({ season }: { season: SeasonData }) {
  const t = useMessages(seasonMessages)
  return (
    <section className={styles.season} aria-label={t('title')}>
      <p className={styles.count} aria-live="polite">
        {t('count', { done: season.done, total: season.total })}
      </p>
      <ol className={styles.lanterns}>
        {season.episodes.map((episode, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed.
          <Lantern key={index} episode={episode} />
        ))}
      </ol>
    </section>
  )
}

function Lantern({ episode }: { episode: SeasonEpisode }) {
  const t = useMessages(seasonMessages)
  const localized = useLocalizedText()
  const progress = episode.job?.progress
  const share = progress && progress.total > 0 ? progress.done / progress.total : 0
  const lit = episode.state === 'shown' ? 1 : episode.state === 'checking' ? 0.9 : share
  const body = (
    <>
      <span
        className={styles.lantern}
        style={{ '--lit': lit } as React.CSSProperties}
        aria-hidden="true"
      >
        {episode.poster_url && <img src={episode.poster_url} alt="" loading="lazy" />}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{episode.series_title || t('untitled')}</span>
        {episode.episode_title !== episode.series_title && (
          <span className={styles.sub}>{episode.episode_title}</span>
        )}
        <span className={styles.state}>
          {t(STATE_WORDS[episode.state])}
          {episode.state === 'making' && progress && (
            <>
              {progress.note && ` · ${localized(progress.note)}`}
              {progress.total > 0 &&
                ` · ${t('stepOf', { done: progress.done, total: progress.total })}`}
            </>
          )}
          {episode.state === 'failed' &&
            episode.job?.error &&
            ` · ${localized(episode.job.error.title)}`}
        </span>
      </span>
    </>
  )
  return (
    <li className={styles.item} data-state={episode.state}>
      {episode.state === 'shown' && episode.series_id ? (
        <Link to="/series/$seriesId" params={{ seriesId: episode.series_id }}>
          {body}
        </Link>
      ) : (
        <div>{body}</div>
      )}
    </li>
  )
}
