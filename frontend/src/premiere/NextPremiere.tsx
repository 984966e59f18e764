import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { buttonClass } from '../ui/Button'
import { premiereMessages } from './messages'
import styles from './PremiereStrip.module.css'
import { isRunning, upcomingPremieresQuery } from './upcomingPremieres'

/** On a series' page: its next premiere, if there is one. */
export function NextPremiere({ seriesId, title }: { seriesId: string; title: string }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const upcoming = useQuery(upcomingPremieresQuery(seriesId))
  const next = upcoming.data?.results[0]
  if (!next) return null
  return (
    <div className={styles.next}>
      <p>
        <strong>{t('premiere')}</strong>
        {isRunning(next) ? (
          `${t('nowPlaying')} · ${t('watching', { n: format.count(Math.max(1, next.present)) })}`
        ) : (
          <time dateTime={next.starts_at}>{format.dateTime(next.starts_at)}</time>
        )}
      </p>
      <Link
        to="/premiere/$premiereId"
        params={{ premiereId: next.id }}
        className={buttonClass('cinnabar')}
        aria-label={t('enterTitle', { title })}
      >
        {t('enter')}
      </Link>
    </div>
  )
}
