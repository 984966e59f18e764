import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMessages } from '../i18n/messages'
import { buttonClass } from '../ui/Button'
import { Quiet } from '../ui/State'
import styles from './FeedEmpty.module.css'
import type { FeedKind } from './feedQuery'
import { moreFeedMessages } from './moreMessages'
import { Season, seasonInProgress, useSeason } from './Season'

/** No film yet: the first season in rehearsal, or a stage that waits for its first writer. */
export function FeedEmpty({ kind }: { kind: FeedKind }) {
  const t = useMessages(moreFeedMessages)
  const client = useQueryClient()
  const season = useSeason(kind === 'now')
  const done = season?.done ?? 0

  // The first episode that comes on opens the feed by itself.
  useEffect(() => {
    if (kind === 'now' && done > 0) void client.invalidateQueries({ queryKey: ['feed', 'now'] })
  }, [client, kind, done])

  if (kind === 'following') {
    return (
      <Quiet
        title={t('followingEmptyTitle')}
        actions={
          <Link to="/" className={buttonClass()}>
            {t('toFeed')}
          </Link>
        }
      >
        <p>{t('followingEmptyText')}</p>
      </Quiet>
    )
  }
  if (seasonInProgress(season)) {
    return (
      <div className={styles.season}>
        <h1>{t('seasonTitle')}</h1>
        <p className={styles.text}>{t('seasonText')}</p>
        <Season season={season} />
      </div>
    )
  }
  return (
    <Quiet
      title={t('emptyTitle')}
      actions={
        <Link to="/studio" className={buttonClass()}>
          {t('write')}
        </Link>
      }
    >
      <p>{t('emptyText')}</p>
    </Quiet>
  )
}
