import './mantineStyles'
import { MantineProvider } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { type ReactNode, Suspense, useState } from 'react'
import { meQuery } from '../../api/me'
import type { Role } from '../../api/types'
import { askToSignIn } from '../../auth/signInPrompt'
import { setLanguage, useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Button, buttonClass } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import styles from './ConsoleLayout.module.css'
import { consoleMessages } from './messages'
import { cssVariablesResolver, theme } from './theme'

export type ConsoleName = 'studio' | 'review' | 'filing' | 'rights' | 'ops'

const CONSOLES: { console: ConsoleName; role: Role; path: string }[] = [
  { console: 'studio', role: 'creator', path: '/studio' },
  { console: 'review', role: 'moderator', path: '/review' },
  { console: 'filing', role: 'filing_admin', path: '/filing' },
  { console: 'rights', role: 'copyright_admin', path: '/rights' },
  { console: 'ops', role: 'operator', path: '/ops' },
]

/** The frame of a console: a bar with the consoles that the person may open, and the page. */
export function ConsoleLayout({
  console: current,
  surface = 'paper',
  anyRole = false,
}: {
  console: ConsoleName
  surface?: 'paper' | 'ink'
  /** The page itself says who may come in; one only signs in first. */
  anyRole?: boolean
}) {
  const t = useMessages(consoleMessages)
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={surface === 'paper' ? 'light' : 'dark'}
      cssVariablesResolver={cssVariablesResolver}
      withGlobalClasses={false}
    >
      <div className={styles.layout} data-look={surface}>
        <a className="skip-link" href="#content">
          {t('skip')}
        </a>
        <ConsoleHeader current={current} />
        <RoleGate current={current} anyRole={anyRole}>
          <Suspense fallback={<Spinner />}>
            <Outlet />
          </Suspense>
        </RoleGate>
      </div>
    </MantineProvider>
  )
}

function ConsoleHeader({ current }: { current: ConsoleName }) {
  const t = useMessages(consoleMessages)
  const language = useLanguage()
  const user = useQuery(meQuery).data?.user
  const allowed = CONSOLES.filter(({ role }) => user?.roles.includes(role))
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.brand}>
        <span lang="zh-Hans">话本</span>
        <span className="unseen">{t('home')}</span>
      </Link>
      <nav aria-label={t('consoles')} className={styles.nav}>
        {allowed.map(({ console, path }) => (
          <Link key={console} to={path} aria-current={console === current ? 'page' : undefined}>
            {t(console)}
          </Link>
        ))}
      </nav>
      {user && (
        <Link to="/me" className={styles.userName}>
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
 * Renders the console for those whose role may use it, and tells others why not. Once rendered, it
 * stays mounted but hidden while something is in the way (signing in again, a failed request):
 * unsaved input may exist nowhere else. Another user gets a fresh one.
 */
function RoleGate({
  current,
  anyRole,
  children,
}: {
  current: ConsoleName
  anyRole: boolean
  children: ReactNode
}) {
  const t = useMessages(consoleMessages)
  const me = useQuery(meQuery)
  const role = CONSOLES.find(({ console }) => console === current)?.role ?? 'operator'
  const [admittedUserId, setAdmittedUserId] = useState<string | null>(null)
  const user = me.data?.user
  let obstacle: ReactNode = null
  if (!me.data) {
    obstacle = me.isError ? (
      <ErrorState error={me.error} onRetry={() => void me.refetch()} />
    ) : (
      <Spinner />
    )
  } else if (!user) {
    obstacle = <SignInRequired onSignedIn={() => void me.refetch()} />
  } else if (!anyRole && !user.roles.includes(role)) {
    const own = CONSOLES.find(({ role: needed }) => user.roles.includes(needed))
    obstacle = <WrongRole role={t(`role_${role}`)} ownPath={own?.path ?? '/'} />
  }
  // Whoever signs in after another finds nothing of theirs, whether they may sit here or not.
  const next = user && user.id !== admittedUserId ? (obstacle ? null : user.id) : admittedUserId
  if (next !== admittedUserId) setAdmittedUserId(next)
  return (
    <>
      {obstacle}
      {next && (
        <div key={next} style={{ display: obstacle ? 'none' : 'contents' }}>
          {children}
        </div>
      )}
    </>
  )
}

function SignInRequired({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useMessages(consoleMessages)
  usePageTitle(t('signInTitle'))
  return (
    <main id="content" tabIndex={-1} className={styles.message}>
      <EmptyState
        title={t('signInTitle')}
        actions={
          <Button onClick={() => void askToSignIn().then((signedIn) => signedIn && onSignedIn())}>
            {t('signIn')}
          </Button>
        }
      >
        <p>{t('signInText')}</p>
      </EmptyState>
    </main>
  )
}

function WrongRole({ role, ownPath: own }: { role: string; ownPath: string }) {
  const t = useMessages(consoleMessages)
  usePageTitle(t('notYoursTitle'))
  return (
    <main id="content" tabIndex={-1} className={styles.message}>
      <EmptyState
        title={t('notYoursTitle')}
        actions={
          <Link to={own} className={buttonClass()}>
            {own === '/' ? t('home') : t('yours')}
          </Link>
        }
      >
        <p>{t('notYoursText', { role })}</p>
      </EmptyState>
    </main>
  )
}
