import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SeriesCard } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { ErrorState } from '../ui/ErrorState'
import { Icon } from '../ui/Icon'
import { SheetDialog } from '../ui/SheetDialog'
import { Spinner } from '../ui/Spinner'
import styles from './EpisodeList.module.css'
import { catalogMessages } from './messages'
import { seriesQuery } from './queries'

interface EpisodesProps {
  series: SeriesCard
  current: string
}

export function EpisodeSheet({
  series,
  current,
  onClose,
}: EpisodesProps & { onClose: () => void }) {
  const t = useMessages(catalogMessages)
  return (
    <SheetDialog title={t('episodesOf', { title: series.title })} onClose={onClose}>
      <EpisodeList series={series} current={current} />
    </SheetDialog>
  )
}

/** The same list beside the picture on a wide screen, with the keys that turn the pages. */
export function EpisodeColumn({ series, current }: EpisodesProps) {
  const t = useMessages(catalogMessages)
  return (
    <section className={styles.column} aria-label={t('episodesOf', { title: series.title })}>
      <h3>
        {t('episodes')}
        {series.branching && <span className={styles.branching}>{t('branches')}</span>}
      </h3>
      <EpisodeList series={series} current={current} />
      <p className={styles.keys}>{t('keys')}</p>
    </section>
  )
}

export function EpisodeList({ series, current }: EpisodesProps) {
  const format = useFormat()
  const detail = useQuery(seriesQuery(series.id))
  if (detail.isPending) return <Spinner small />
  if (detail.isError)
    return <ErrorState error={detail.error} level={2} onRetry={() => void detail.refetch()} />
  return (
    <ol className={styles.list}>
      {detail.data.episodes.map((episode) => (
        <li key={episode.id}>
          <Link
            to="/watch/$seriesId/{-$episodeId}"
            params={{ seriesId: series.id, episodeId: episode.id }}
            className={styles.episode}
            aria-current={episode.id === current || undefined}
            activeProps={{}}
          >
            <span className={styles.number}>{episode.number}</span>
            <span className={styles.name}>{episode.title}</span>
            {episode.has_choices && <Icon name="fork" size={18} />}
            <span className={styles.time}>{format.clock(episode.duration_ms)}</span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
