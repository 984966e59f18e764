import { lazy, Suspense, useEffect } from 'react'
import { useMe } from '../api/me'
import { useSignInWish } from '../auth/signInWish'
import { languageWasChosen, setLanguage } from '../i18n/language'
import { NoticeHost } from '../ui/Notice'

const SignInSheet = lazy(() => import('../auth/SignInSheet'))

/** What may lie over any page: notices, and the sheet that asks people to sign in. */
export function Overlays() {
  const asked = useSignInWish()
  const language = useMe()?.user?.language
  useEffect(() => {
    if (language && !languageWasChosen()) setLanguage(language.startsWith('zh') ? 'zh' : 'en')
  }, [language])
  return (
    <>
      <NoticeHost />
      {asked && (
        <Suspense>
          <SignInSheet />
        </Suspense>
      )}
    </>
  )
}
