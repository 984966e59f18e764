import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../i18n/format'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { premiereMessages } from './messages'
import styles from './PremiereStrip.module.css'
import { isRunning, shanghaiDay, upcomingPremieresQuery } from './upcomingPremieres'

/** 今晚首映: current and coming premieres on the browse page; renders nothing if there is none. */
export function PremiereStrip() {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const upcoming = useQuery(upcomingPremieresQuery())
  const items = upcoming.data?.results ?? []
  const first = items[0]
  if (!first) return null
  const isTonight = isRunning(first) || shanghaiDay(first.starts_at) === shanghaiDay(Date.now())
  return (
    <section className={styles.strip} aria-labelledby="on-tonight">
      <h2 id="on-tonight">{t(isTonight ? 'onTonight' : 'coming')}</h2>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <Link
              to="/premiere/$premiereId"
              params={{ premiereId: item.id }}
              className={styles.ticket}
              data-live={isRunning(item) || undefined}
            >
              {item.series.poster_url && <img src={item.series.poster_url} alt="" loading="lazy" />}
              <span className={styles.caption}>
                <span className={styles.title} lang={langOf(item.series.language)}>
                  {item.series.title}
                </span>
                <span className={styles.time}>
                  {isRunning(item) ? (
                    <>
                      <span className={styles.dot} aria-hidden="true" />
                      {t('nowPlaying')}
                    </>
                  ) : (
                    <time dateTime={item.starts_at}>{format.dateTime(item.starts_at)}</time>
                  )}
                </span>
                {item.present > 0 && (
                  <span className={styles.audience}>
                    {t(isRunning(item) ? 'watching' : 'audienceCount', {
                      n: format.count(item.present),
                    })}
                  </span>
                )}
              </span>
              <span className={styles.enter}>{t('enter')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
