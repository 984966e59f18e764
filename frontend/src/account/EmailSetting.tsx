import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeEmail, dropEmail, listEmails, resendEmail } from '../api/allauthAccount'
import { fieldError } from '../api/fieldError'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { showToast } from '../ui/Toast'
import styles from './Account.module.css'
import { MailSent } from './MailSent'
import { accountMessages } from './messages'
import type { Act } from './useDeeds'

/** The address, and another one that waits to be confirmed. */
export function EmailSetting({ email, act, busy }: { email: string; act: Act; busy: boolean }) {
  const t = useMessages(accountMessages)
  const emails = useQuery({ queryKey: ['account', 'emails'], queryFn: listEmails })
  const [sent, setSent] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const pending = emails.data?.find((each) => !each.verified)?.email
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const wanted = String(new FormData(form).get('email') ?? '').trim()
    setError(null)
    void act(async () => {
      await changeEmail(wanted)
      setSent(wanted)
      form.reset()
    }).catch(setError)
  }
  const resend = (to: string) =>
    void act(async () => {
      if (await resendEmail(to)) setSent(to)
      else showToast(t('emailTooSoon'))
    }).catch(() => {})
  return (
    <section className={styles.group} aria-labelledby="email">
      <h2 id="email">{t('email')}</h2>
      <p className={styles.text}>{t('emailText')}</p>
      <p className={styles.line}>{t('emailNow', { email })}</p>
      {pending && (
        <>
          {sent === pending ? (
            <MailSent email={pending} />
          ) : (
            <p className={styles.line}>{t('emailPending', { email: pending })}</p>
          )}
          <div className={styles.actions}>
            <Button look="line" disabled={busy} onClick={() => resend(pending)}>
              {t('emailResend')}
            </Button>
            <Button
              look="quiet"
              disabled={busy}
              onClick={() => void act(() => dropEmail(pending)).catch(() => {})}
            >
              {t('emailDrop')}
            </Button>
          </div>
        </>
      )}
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t('emailNew')}
          name="email"
          type="email"
          autoComplete="email"
          required
          error={fieldError(error, 'email')}
        />
        <div>
          <Button type="submit" look="line" disabled={busy}>
            {t('emailChange')}
          </Button>
        </div>
      </form>
    </section>
  )
}
