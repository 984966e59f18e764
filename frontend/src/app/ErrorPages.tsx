import { Link } from '@tanstack/react-router'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { usePageTitle } from '../ui/usePageTitle'
import { appMessages } from './messages'

export function NotFoundPage() {
  const t = useMessages(appMessages)
  usePageTitle(t('lostTitle'))
  return (
    <main id="content">
      <EmptyState
        title={t('lostTitle')}
        actions={
          <Link to="/" className={buttonClass()}>
            {t('home')}
          </Link>
        }
      >
        <p>{t('lostText')}</p>
      </EmptyState>
    </main>
  )
}

export function CrashPage({ error }: { error: unknown }) {
  const t = useMessages(appMessages)
  usePageTitle(t('crashTitle'))
  return (
    <main id="content" role="alert">
      <EmptyState
        title={t('crashTitle')}
        actions={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      >
        <p>{t('crashText')}</p>
        <p>
          <code>{error instanceof Error ? error.message : String(error)}</code>
        </p>
      </EmptyState>
    </main>
  )
}
