import { useRef, useState } from 'react'
import { useMessages } from '../i18n/messages'
import { SheetDialog } from '../ui/SheetDialog'
import { authMessages } from './messages'
import { SignInForm } from './SignInForm'
import styles from './SignInPage.module.css'
import { resolveSignIn } from './signInPrompt'

/**
 * The session has run out, or never was: sign in or up here, and what was asked for goes on.
 */
export default function SignInSheet() {
  const t = useMessages(authMessages)
  const done = useRef(false)
  const [mode, setMode] = useState<'in' | 'up'>('in')
  return (
    <SheetDialog
      title={t(mode === 'in' ? 'expiredTitle' : 'signUp')}
      onClose={() => resolveSignIn(done.current)}
    >
      <p className={styles.why}>{t('expiredText')}</p>
      <SignInForm
        key={mode}
        mode={mode}
        onLeave={() => resolveSignIn(false)}
        onDone={() => {
          done.current = true
          resolveSignIn(true)
        }}
      />
      <p className={styles.other}>
        {t(mode === 'in' ? 'noAccount' : 'haveAccount')}{' '}
        <button
          type="button"
          className={styles.swap}
          onClick={() => setMode(mode === 'in' ? 'up' : 'in')}
        >
          {t(mode === 'in' ? 'signUp' : 'signIn')}
        </button>
      </p>
    </SheetDialog>
  )
}
