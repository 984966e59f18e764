import { Link } from '@tanstack/react-router'
import type { FeedItem } from '../api/types'
import { langOf, useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { ContentLabels } from '../ui/ContentLabels'
import { FilingLabel } from '../ui/FilingLabel'
import { Icon } from '../ui/Icon'
import styles from './FeedEpisode.module.css'
import { feedMessages } from './messages'

/** What stands below the picture: labels, title, episode, synopsis, why it was recommended. */
export function EpisodeInfo({ item, onWhy }: { item: FeedItem; onWhy: () => void }) {
  const t = useMessages(feedMessages)
  const localized = useLocalizedText()
  const { series, episode, playback } = item
  const lang = langOf(series.language)
  const reason = item.reasons[0]
  return (
    <div className={styles.info}>
      <ContentLabels playback={playback} />
      <h2 className={styles.title} lang={lang}>
        <Link to="/series/$seriesId" params={{ seriesId: series.id }}>
          {series.title}
        </Link>
      </h2>
      <div className={styles.more}>
        <div className={styles.fold}>
          <p className={styles.episode} lang={lang}>
            {episode.title}
          </p>
          <p className={styles.synopsis} lang={lang}>
            {series.synopsis}
          </p>
          <button type="button" className={styles.reason} onClick={onWhy}>
            <span>{reason ? localized(reason.text) : t('why')}</span>
            <Icon name="why" size={16} />
            {reason && <span className="unseen">{t('why')}</span>}
          </button>
          <p className={styles.meta}>
            <FilingLabel filing={series.filing} />
            <span>@{series.creator.display_name}</span>
          </p>
        </div>
      </div>
    </div>
  )
}
