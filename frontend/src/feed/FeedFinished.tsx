import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useMessages } from '../i18n/messages'
import { seasonMessages } from '../season/messages'
import { SeasonProgress, seasonInProgress, useSeason } from '../season/SeasonProgress'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { feedDetailMessages } from './detailMessages'
import styles from './FeedEnd.module.css'

/** The end of the feed, or of the episodes of the demo's season that are published so far. */
export function FeedFinished({ onTop }: { onTop: () => void }) {
  const t = useMessages(feedDetailMessages)
  const tSeason = useMessages(seasonMessages)
  const client = useQueryClient()
  const season = useSeason(true)
  const rehearsing = seasonInProgress(season)
  const atFirst = useRef<number | null>(null)
  if (season && atFirst.current === null) atFirst.current = season.done
  const fresh = season !== undefined && atFirst.current !== null && season.done > atFirst.current
  const newest = season?.episodes.filter((episode) => episode.state === 'shown').at(-1)

  return (
    <div className={styles.inner}>
      <EmptyState
        level={2}
        title={rehearsing ? tSeason('title') : t('end')}
        actions={
          <>
            {fresh && (
              <Button
                onClick={() => void client.resetQueries({ queryKey: ['feed', 'now'] }).then(onTop)}
              >
                {t('watchNow')}
              </Button>
            )}
            <Link to="/theatre" className={buttonClass(fresh ? 'line' : 'lamp')}>
              {t('toTheatre')}
            </Link>
            <Button look="line" onClick={onTop}>
              {t('fromTop')}
            </Button>
          </>
        }
      >
        <p aria-live="polite">
          {fresh && newest
            ? t('newShown', { title: `${newest.series_title} · ${newest.episode_title}` })
            : rehearsing
              ? tSeason('text')
              : t('endText')}
        </p>
      </EmptyState>
      {rehearsing && <SeasonProgress season={season} />}
    </div>
  )
}
