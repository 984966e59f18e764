import { Link } from '@tanstack/react-router'
import type { FeedItem } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { Icon } from '../ui/Icon'
import styles from './EndCard.module.css'
import { feedMessages } from './messages'

/** The end of an episode: on to the next one, or to the fork where the viewer is asked. */
export function EndCard({
  item,
  onAgain,
  nextLabel,
  onNext,
}: {
  item: FeedItem
  onAgain: () => void
  nextLabel: string
  onNext: () => void
}) {
  const t = useMessages(feedMessages)
  const { series, episode } = item
  const more = episode.has_choices || episode.number < series.episode_count
  return (
    <div className={styles.card}>
      {more ? (
        <>
          <h2>{t(episode.has_choices ? 'choose' : 'cliff')}</h2>
          <p>{t(episode.has_choices ? 'chooseText' : 'cliffNext')}</p>
          <Link
            className={buttonClass(episode.has_choices ? 'cinnabar' : 'lamp')}
            to="/watch/$seriesId/{-$episodeId}"
            params={{ seriesId: series.id, episodeId: episode.id }}
            search={{ seen: true }}
          >
            {episode.has_choices && <Icon name="fork" size={20} />}
            {t(episode.has_choices ? 'toChoice' : 'nextEpisode')}
          </Link>
        </>
      ) : (
        <h2>{series.title}</h2>
      )}
      <Button look="line" onClick={onAgain}>
        <Icon name="replay" size={18} />
        {t('again')}
      </Button>
      <Button look="quiet" onClick={onNext}>
        {nextLabel}
      </Button>
    </div>
  )
}

/** In the film's place after the viewer chose “not interested”, with a button to undo it. */
export function Dismissed({
  title,
  onUndo,
  nextLabel,
  onNext,
}: {
  title: string
  onUndo: () => void
  nextLabel: string
  onNext: () => void
}) {
  const t = useMessages(feedMessages)
  return (
    <div className={styles.card} role="status">
      <h2>{t('dismissed', { title })}</h2>
      <p>{t('dismissedText')}</p>
      <Button onClick={onUndo}>{t('undo')}</Button>
      <Button look="quiet" onClick={onNext}>
        {nextLabel}
      </Button>
    </div>
  )
}
