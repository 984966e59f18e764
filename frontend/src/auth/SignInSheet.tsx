import { useRef } from 'react'
import { useMessages } from '../i18n/messages'
import { SheetDialog } from '../ui/SheetDialog'
import { authMessages } from './messages'
import { SignInForm } from './SignInForm'
import { resolveSignIn } from './signInPrompt'

/** The session has run out, or never was: sign in here, and what was asked for goes on. */
export default function SignInSheet() {
  const t = useMessages(authMessages)
  const done = useRef(false)
  return (
    <SheetDialog title={t('expiredTitle')} onClose={() => resolveSignIn(done.current)}>
      <p>{t('expiredText')}</p>
      <br />
      <SignInForm
        mode="in"
        onDone={() => {
          done.current = true
          resolveSignIn(true)
        }}
      />
    </SheetDialog>
  )
}
