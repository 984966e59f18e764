import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { Quiet } from '../ui/State'
import styles from './FeedEnd.module.css'
import { moreFeedMessages } from './moreMessages'
import { Season, seasonInProgress, useSeason } from './Season'

/** The end of the evening, or of what has been rehearsed so far. */
export function TheEnd({ onTop }: { onTop: () => void }) {
  const t = useMessages(moreFeedMessages)
  const client = useQueryClient()
  const season = useSeason(true)
  const rehearsing = seasonInProgress(season)
  const atFirst = useRef<number | null>(null)
  if (season && atFirst.current === null) atFirst.current = season.done
  const fresh = season !== undefined && atFirst.current !== null && season.done > atFirst.current
  const newest = season?.season.filter((episode) => episode.state === 'shown').at(-1)

  return (
    <div className={styles.inner}>
      <Quiet
        level={2}
        title={rehearsing ? t('seasonTitle') : t('end')}
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
              ? t('seasonText')
              : t('endText')}
        </p>
      </Quiet>
      {rehearsing && <Season season={season} />}
    </div>
  )
}
