import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMessages } from '../i18n/messages'
import { seasonMessages } from '../season/messages'
import { SeasonProgress, seasonInProgress, useSeason } from '../season/SeasonProgress'
import { buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { feedDetailMessages } from './detailMessages'
import styles from './FeedEmpty.module.css'
import type { FeedKind } from './feedQuery'

/** No film in the feed: the demo's season is still being made, or nothing is published yet. */
export function FeedEmpty({ kind }: { kind: FeedKind }) {
  const t = useMessages(feedDetailMessages)
  const tSeason = useMessages(seasonMessages)
  const client = useQueryClient()
  const season = useSeason(kind === 'now')
  const done = season?.done ?? 0

  // The feed opens by itself once the first episode is published.
  useEffect(() => {
    if (kind === 'now' && done > 0) void client.invalidateQueries({ queryKey: ['feed', 'now'] })
  }, [client, kind, done])

  if (kind === 'following') {
    return (
      <EmptyState
        title={t('followingEmptyTitle')}
        actions={
          <Link to="/" className={buttonClass()}>
            {t('toFeed')}
          </Link>
        }
      >
        <p>{t('followingEmptyText')}</p>
      </EmptyState>
    )
  }
  if (seasonInProgress(season)) {
    return (
      <div className={styles.season}>
        <h1>{tSeason('title')}</h1>
        <p className={styles.text}>{tSeason('text')}</p>
        <SeasonProgress season={season} />
      </div>
    )
  }
  return (
    <EmptyState
      title={t('emptyTitle')}
      actions={
        <Link to="/studio" className={buttonClass()}>
          {t('write')}
        </Link>
      }
    >
      <p>{t('emptyText')}</p>
    </EmptyState>
  )
}
