import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../i18n/format'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { premiereMessages } from './messages'
import styles from './OnTonight.module.css'
import { dayOf, isRunning, programmeQuery } from './programme'

/** 今晚首映: what is on and what is to come, in the theatre. Nothing on the programme, nothing here. */
export function OnTonight() {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const programme = useQuery(programmeQuery())
  const items = programme.data?.results ?? []
  const first = items[0]
  if (!first) return null
  const tonight = isRunning(first) || dayOf(first.starts_at) === dayOf(Date.now())
  return (
    <section className={styles.strip} aria-labelledby="on-tonight">
      <h2 id="on-tonight">{t(tonight ? 'onTonight' : 'coming')}</h2>
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
              <span className={styles.words}>
                <span className={styles.title} lang={langOf(item.series.language)}>
                  {item.series.title}
                </span>
                <span className={styles.when}>
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
                  <span className={styles.seated}>
                    {t(isRunning(item) ? 'watching' : 'seatedShort', {
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
