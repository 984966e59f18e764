import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { useMessages } from '../i18n/messages'
import { Page } from '../ui/Page'
import { authMessages } from './messages'
import { SignInForm } from './SignInForm'
import styles from './SignInPage.module.css'

export function SignInPage() {
  return <Entrance mode="in" />
}

export function SignUpPage() {
  return <Entrance mode="up" />
}

function Entrance({ mode }: { mode: 'in' | 'up' }) {
  const t = useMessages(authMessages)
  const router = useRouter()
  const { next } = useSearch({ strict: false }) as { next?: string }
  return (
    <Page title={t(mode === 'in' ? 'signIn' : 'signUp')} narrow>
      <SignInForm mode={mode} onDone={() => router.history.replace(next ?? '/me')} />
      <p className={styles.other}>
        {t(mode === 'in' ? 'noAccount' : 'haveAccount')}{' '}
        <Link to={mode === 'in' ? '/sign-up' : '/sign-in'} search={next ? { next } : {}}>
          {t(mode === 'in' ? 'signUp' : 'signIn')}
        </Link>
      </p>
    </Page>
  )
}
