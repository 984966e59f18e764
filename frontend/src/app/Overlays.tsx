import { lazy, Suspense, useEffect } from 'react'
import { useMe } from '../api/me'
import { useSignInPrompt } from '../auth/signInPrompt'
import { languageWasChosen, setLanguage } from '../i18n/language'
import { ToastHost } from '../ui/Toast'

const SignInSheet = lazy(() => import('../auth/SignInSheet'))

/** What may lie over any page: notices, and the sheet that asks people to sign in. */
export function Overlays() {
  const asked = useSignInPrompt()
  const language = useMe()?.user?.language
  useEffect(() => {
    if (language && !languageWasChosen()) setLanguage(language.startsWith('zh') ? 'zh' : 'en')
  }, [language])
  return (
    <>
      <ToastHost />
      {asked && (
        <Suspense>
          <SignInSheet />
        </Suspense>
      )}
    </>
  )
}
