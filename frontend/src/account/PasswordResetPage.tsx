import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { requestPasswordReset } from '../api/allauthAccount'
import { fieldError } from '../api/fieldError'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Page } from '../ui/Page'
import styles from './Account.module.css'
import { MailSent } from './MailSent'
import { accountMessages } from './messages'

/** Who has forgotten the password asks for a mail. */
export function PasswordResetPage() {
  const t = useMessages(accountMessages)
  const ask = useMutation({ mutationFn: requestPasswordReset })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate(String(new FormData(event.currentTarget).get('email') ?? '').trim())
  }
  const wrong =
    fieldError(ask.error, 'email') ??
    (ask.error instanceof Problem ? ask.error.detail || ask.error.title : ask.error?.message)
  return (
    <Page title={t('resetTitle')} narrow>
      <div>
        {ask.isSuccess ? (
          <div className={styles.form}>
            <MailSent email={ask.variables} text={t('resetSentText')} />
            <div>
              <Button look="line" onClick={() => ask.reset()}>
                {t('resetAgain')}
              </Button>
            </div>
          </div>
        ) : (
          <form className={styles.form} onSubmit={submit}>
            <p className={styles.text}>{t('resetText')}</p>
            <Field
              label={t('email')}
              name="email"
              type="email"
              autoComplete="username"
              required
              error={wrong}
            />
            <Button type="submit" wide disabled={ask.isPending}>
              {t('resetSend')}
            </Button>
          </form>
        )}
      </div>
    </Page>
  )
}
