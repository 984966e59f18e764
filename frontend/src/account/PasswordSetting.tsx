import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { changePassword } from '../api/allauthAccount'
import { fieldError } from '../api/fieldError'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { showToast } from '../ui/Toast'
import styles from './Account.module.css'
import { accountMessages } from './messages'

export function PasswordSetting({ email }: { email: string }) {
  const t = useMessages(accountMessages)
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: ({ current, password }: { current: string; password: string }) =>
      changePassword(current, password),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    change.mutate(
      { current: String(given.get('current')), password: String(given.get('password')) },
      {
        onSuccess: () => {
          form.reset()
          showToast(t('passwordChanged'))
        },
      },
    )
  }
  const { error } = change
  const whole = error instanceof Problem && error.errors.length === 0 ? error.message : undefined
  return (
    <section className={styles.group} aria-labelledby="password">
      <h2 id="password">{t('password')}</h2>
      <p className={styles.text}>{t('passwordText')}</p>
      <form className={styles.form} onSubmit={submit}>
        {/* Password managers ask whose password it is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <Field
          label={t('passwordNow')}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={fieldError(error, 'current_password')}
        />
        <Field
          label={t('passwordNew')}
          hint={t('passwordHint')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          error={fieldError(error, 'new_password') ?? whole}
        />
        <div className={styles.actions}>
          <Button type="submit" look="line" disabled={change.isPending}>
            {t('passwordChange')}
          </Button>
          <Link to="/password/reset" className={styles.link}>
            {t('passwordForgot')}
          </Link>
        </div>
      </form>
    </section>
  )
}
