import './mantine'
import { MantineProvider } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { type ReactNode, Suspense, useState } from 'react'
import { meQuery } from '../../api/me'
import type { Role } from '../../api/types'
import { askToSignIn } from '../../auth/signInWish'
import { setLanguage, useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Button, buttonClass } from '../../ui/Button'
import { Failed, Lamp, Quiet } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import styles from './Desk.module.css'
import { deskMessages } from './messages'
import { resolver, theme } from './theme'

export type Console = 'studio' | 'review' | 'filing' | 'rights' | 'ops'

const CONSOLES: { console: Console; role: Role; path: string }[] = [
  { console: 'studio', role: 'creator', path: '/studio' },
  { console: 'review', role: 'moderator', path: '/review' },
  { console: 'filing', role: 'filing_admin', path: '/filing' },
  { console: 'rights', role: 'copyright_admin', path: '/rights' },
  { console: 'ops', role: 'operator', path: '/ops' },
]

/** The room of one console: the bar with the desks of one's own roles, and the page of the console below it. */
export function Desk({
  console: here,
  look = 'paper',
  everyone = false,
}: {
  console: Console
  look?: 'paper' | 'ink'
  /** The page itself says who may come in; one only signs in first. */
  everyone?: boolean
}) {
  const t = useMessages(deskMessages)
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={look === 'paper' ? 'light' : 'dark'}
      cssVariablesResolver={resolver}
      withGlobalClasses={false}
    >
      <div className={styles.room} data-look={look}>
        <a className="skip-link" href="#content">
          {t('skip')}
        </a>
        <Bar here={here} />
        <Seat here={here} everyone={everyone}>
          <Suspense fallback={<Lamp />}>
            <Outlet />
          </Suspense>
        </Seat>
      </div>
    </MantineProvider>
  )
}

function Bar({ here }: { here: Console }) {
  const t = useMessages(deskMessages)
  const language = useLanguage()
  const user = useQuery(meQuery).data?.user
  const mine = CONSOLES.filter(({ role }) => user?.roles.includes(role))
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand}>
        <span lang="zh-Hans">话本</span>
        <span className="unseen">{t('home')}</span>
      </Link>
      <nav aria-label={t('consoles')} className={styles.desks}>
        {mine.map(({ console, path }) => (
          <Link key={console} to={path} aria-current={console === here ? 'page' : undefined}>
            {t(console)}
          </Link>
        ))}
      </nav>
      {user && (
        <Link to="/me" className={styles.name}>
          {user.display_name}
        </Link>
      )}
      <button
        type="button"
        className={styles.language}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        <span lang={language === 'zh' ? 'en' : 'zh-Hans'}>{t('language')}</span>
      </button>
    </header>
  )
}

/**
 * Lets those sit down whose desk it is, and tells the others why not. Whoever sat down keeps the desk, out of sight while
 * something is in the way: what was typed there may be nowhere else. Somebody else gets a desk of their own.
 */
function Seat({
  here,
  everyone,
  children,
}: {
  here: Console
  everyone: boolean
  children: ReactNode
}) {
  const t = useMessages(deskMessages)
  const me = useQuery(meQuery)
  const role = CONSOLES.find(({ console }) => console === here)?.role ?? 'operator'
  const [seated, setSeated] = useState<string | null>(null)
  const user = me.data?.user
  let gate: ReactNode = null
  if (!me.data) {
    gate = me.isError ? <Failed error={me.error} onRetry={() => void me.refetch()} /> : <Lamp />
  } else if (!user) {
    gate = <SignInFirst onSignedIn={() => void me.refetch()} />
  } else if (!everyone && !user.roles.includes(role)) {
    const own = CONSOLES.find(({ role: needed }) => user.roles.includes(needed))
    gate = <NotYours role={t(`role_${role}`)} own={own?.path ?? '/'} />
  }
  // Whoever signs in after another finds nothing of theirs, whether they may sit here or not.
  const next = user && user.id !== seated ? (gate ? null : user.id) : seated
  if (next !== seated) setSeated(next)
  return (
    <>
      {gate}
      {next && (
        <div key={next} style={{ display: gate ? 'none' : 'contents' }}>
          {children}
        </div>
      )}
    </>
  )
}

function SignInFirst({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useMessages(deskMessages)
  usePageTitle(t('signInTitle'))
  return (
    <main id="content" tabIndex={-1} className={styles.still}>
      <Quiet
        title={t('signInTitle')}
        actions={
          <Button onClick={() => void askToSignIn().then((signedIn) => signedIn && onSignedIn())}>
            {t('signIn')}
          </Button>
        }
      >
        <p>{t('signInText')}</p>
      </Quiet>
    </main>
  )
}

function NotYours({ role, own }: { role: string; own: string }) {
  const t = useMessages(deskMessages)
  usePageTitle(t('notYoursTitle'))
  return (
    <main id="content" tabIndex={-1} className={styles.still}>
      <Quiet
        title={t('notYoursTitle')}
        actions={
          <Link to={own} className={buttonClass()}>
            {own === '/' ? t('home') : t('yours')}
          </Link>
        }
      >
        <p>{t('notYoursText', { role })}</p>
      </Quiet>
    </main>
  )
}
