import { useRef } from 'react'
import { useMessages } from '../i18n/messages'
import { Sheet } from '../ui/Sheet'
import { authMessages } from './messages'
import { SignInForm } from './SignInForm'
import { answerSignIn } from './signInWish'

/** The session has run out, or never was: sign in here, and what was asked for goes on. */
export default function SignInSheet() {
  const t = useMessages(authMessages)
  const done = useRef(false)
  return (
    <Sheet title={t('expiredTitle')} onClose={() => answerSignIn(done.current)}>
      <p>{t('expiredText')}</p>
      <br />
      <SignInForm
        mode="in"
        onDone={() => {
          done.current = true
          answerSignIn(true)
        }}
      />
    </Sheet>
  )
}
