import { Link } from '@tanstack/react-router'
import type { SeriesDetail } from '../api/types'
import { useMessages } from '../i18n/messages'
import { playerMessages } from '../player/messages'
import { buttonClass } from '../ui/Button'
import styles from '../ui/CenteredScreen.module.css'
import { EmptyState } from '../ui/EmptyState'
import { watchMessages } from './messages'

/** The episode at which one stands may no longer be shown. */
export function EpisodeUnavailable({ series }: { series: SeriesDetail }) {
  const t = useMessages(watchMessages)
  const p = useMessages(playerMessages)
  return (
    <main id="content" className={styles.still}>
      <EmptyState
        title={p('goneTitle')}
        actions={
          <Link to="/series/$seriesId" params={{ seriesId: series.id }} className={buttonClass()}>
            {t('toSeries')}
          </Link>
        }
      >
        <p>{t('goneText')}</p>
      </EmptyState>
    </main>
  )
}
