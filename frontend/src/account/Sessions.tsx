import { useQuery } from '@tanstack/react-query'
import { endSessions, listSessions } from '../api/allauthAccount'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import { showToast } from '../ui/Toast'
import styles from './Account.module.css'
import { accountMessages } from './messages'
import type { Act } from './useDeeds'
import { nameOfDevice } from './userAgent'

/** Where the account is signed in. */
export function Sessions({ act, busy }: { act: Act; busy: boolean }) {
  const t = useMessages(accountMessages)
  const format = useFormat()
  const sessions = useQuery({ queryKey: ['account', 'sessions'], queryFn: listSessions })
  const end = (ids: number[]) =>
    void act(async () => {
      await endSessions(ids)
      showToast(t('sessionEnded'))
    }).catch(() => {})
  const all = sessions.data?.toSorted((a, b) => Number(b.is_current) - Number(a.is_current)) ?? []
  const others = all.filter((session) => !session.is_current).map(({ id }) => id)
  return (
    <section className={styles.group} aria-labelledby="sessions">
      <h2 id="sessions">{t('sessions')}</h2>
      <p className={styles.text}>{t('sessionsText')}</p>
      {sessions.isPending && <Spinner />}
      {sessions.isError && (
        <ErrorState error={sessions.error} level={2} onRetry={() => void sessions.refetch()} />
      )}
      <ul className={styles.sessions}>
        {all.map((session) => {
          const name = nameOfDevice(session.user_agent) || t('sessionUnknown')
          const when = format.dateTime(new Date(session.created_at * 1000).toISOString())
          return (
            <li key={session.id}>
              <div>
                <p>
                  {name}
                  {session.is_current && <span className={styles.here}> · {t('sessionHere')}</span>}
                </p>
                <p className={styles.text}>{t('sessionLine', { ip: session.ip, when })}</p>
              </div>
              {!session.is_current && (
                <Button
                  look="quiet"
                  disabled={busy}
                  aria-label={t('sessionEndNamed', { name, when })}
                  onClick={() => end([session.id])}
                >
                  {t('sessionEnd')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {others.length > 1 && (
        <Button look="line" disabled={busy} onClick={() => end(others)}>
          {t('sessionEndOthers')}
        </Button>
      )}
    </section>
  )
}
