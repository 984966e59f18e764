import type { SeriesCard } from '../api/types'
import { useMessages } from '../i18n/messages'
import { catalogMessages } from './messages'

/** Who made a series and how much of it there is, under its poster. */
export function SeriesNote({ series }: { series: SeriesCard }) {
  const t = useMessages(catalogMessages)
  return (
    <>
      <span>{series.creator.display_name}</span>
      <span>
        {t('episodeCount', { n: series.episode_count })}
        {series.branching && ` · ${t('branching')}`}
      </span>
    </>
  )
}
