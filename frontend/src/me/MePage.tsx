import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { signOut } from '../api/allauth'
import { useMe, useResetAllQueries } from '../api/me'
import type { Role } from '../api/types'
import { authMessages } from '../auth/messages'
import { continueWatchingQuery } from '../catalog/queries'
import { setLanguage, useLanguage } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Page } from '../ui/Page'
import { Poster, Shelf } from '../ui/Poster'
import { SealBadge } from '../ui/SealBadge'
import { showToast } from '../ui/Toast'
import styles from './MePage.module.css'
import { meMessages } from './messages'

const WritingRoomList = lazy(async () => ({
  default: (await import('../cocreation/WritingRoomList')).WritingRoomList,
}))
const CONSOLES: {
  role: Role
  path: string
  key: 'studio' | 'review' | 'filing' | 'rights' | 'ops'
  seal: string
}[] = [
  { role: 'creator', path: '/studio', key: 'studio', seal: '写' },
  { role: 'moderator', path: '/review', key: 'review', seal: '审' },
  { role: 'filing_admin', path: '/filing', key: 'filing', seal: '备' },
  { role: 'copyright_admin', path: '/rights', key: 'rights', seal: '权' },
  { role: 'operator', path: '/ops', key: 'ops', seal: '运' },
]

export function MePage() {
  const t = useMessages(meMessages)
  const role = useMessages(authMessages)
  const language = useLanguage()
  const me = useMe()
  const forget = useResetAllQueries()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: forget,
    onError: (error) => showToast(error.message),
  })
  const begun = useQuery(continueWatchingQuery)
  const user = me?.user
  const consoles = CONSOLES.filter((console) => user?.roles.includes(console.role))

  return (
    <Page
      title={user?.display_name ?? t('guest')}
      head={
        <Button look="line" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          <span lang={language === 'zh' ? 'en' : 'zh-Hans'}>
            {language === 'zh' ? 'English' : '简体中文'}
          </span>
        </Button>
      }
    >
      <div className={styles.who}>
        {user ? (
          <p>
            @{user.handle}
            {user.roles.length > 0 &&
              ` · ${user.roles.map((name) => role(`role_${name}`)).join(' · ')}`}
          </p>
        ) : (
          <>
            <p>{t('guestText')}</p>
            <div className={styles.doors}>
              <Link to="/sign-in" className={buttonClass()}>
                {t('signIn')}
              </Link>
              <Link to="/sign-up" className={buttonClass('line')}>
                {t('signUp')}
              </Link>
            </div>
          </>
        )}
        {me?.simulated_audience && <p className={styles.simulated}>{t('simulated')}</p>}
      </div>

      {begun.data && begun.data.results.length > 0 && (
        <Shelf title={t('continueWatching')}>
          {begun.data.results.map(({ series, episode, position_ms }) => (
            <li key={series.id}>
              <Poster
                series={series}
                note={t('goOn', { number: episode.number })}
                progress={
                  episode.duration_ms > 0 ? Math.min(1, position_ms / episode.duration_ms) : 0
                }
              />
            </li>
          ))}
        </Shelf>
      )}

      {consoles.length > 0 && (
        <section className={styles.consoles} aria-labelledby="consoles">
          <h2 id="consoles">{t('consoles')}</h2>
          <ul>
            {consoles.map((console) => (
              <li key={console.path}>
                <Link to={console.path as LinkProps['to']} className={styles.console}>
                  <SealBadge text={console.seal} size={34} />
                  {t(console.key)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}

      {user && (
        <Suspense>
          <WritingRoomList />
        </Suspense>
      )}

      <ul className={styles.list}>
        <Row to="/me/history" label={t('history')} />
        <Row to="/me/favourites" label={t('favourites')} />
        <Row to="/following" label={t('following')} />
        <Row to="/me/settings" label={t('settings')} />
        {user && <Row to="/account" label={t('security')} />}
        <Row to="/about/recommendation" label={t('recommendation')} />
        <Row to="/about/labels" label={t('labels')} />
      </ul>
      {user && (
        <Button look="quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
          {t('signOut')}
        </Button>
      )}
    </Page>
  )
}

function Row({ to, label }: { to: LinkProps['to']; label: string }) {
  return (
    <li>
      <Link to={to} className={styles.row}>
        {label}
        <Icon name="forward" size={20} />
      </Link>
    </li>
  )
}
