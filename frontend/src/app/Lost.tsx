import { Link } from '@tanstack/react-router'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { Quiet } from '../ui/State'
import { usePageTitle } from '../ui/usePageTitle'
import { appMessages } from './messages'

export function Lost() {
  const t = useMessages(appMessages)
  usePageTitle(t('lostTitle'))
  return (
    <main id="content">
      <Quiet
        title={t('lostTitle')}
        actions={
          <Link to="/" className={buttonClass()}>
            {t('home')}
          </Link>
        }
      >
        <p>{t('lostText')}</p>
      </Quiet>
    </main>
  )
}

export function Crash({ error }: { error: unknown }) {
  const t = useMessages(appMessages)
  usePageTitle(t('crashTitle'))
  return (
    <main id="content" role="alert">
      <Quiet
        title={t('crashTitle')}
        actions={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      >
        <p>{t('crashText')}</p>
        <p>
          <code>{error instanceof Error ? error.message : String(error)}</code>
        </p>
      </Quiet>
    </main>
  )
}
