import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { MailSent } from '../account/MailSent'
import {
  passkeysSupported,
  type SignInStep,
  signIn,
  signInWithPasskey,
  signUp,
  submitSecondFactor,
} from '../api/allauth'
import { meQuery, useMe } from '../api/me'
import { Problem } from '../api/problem'
import type { DemoAccount } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { showToast } from '../ui/Toast'
import { authMessages } from './messages'
import styles from './SignInForm.module.css'

const fieldError = (error: unknown, field: string) =>
  error instanceof Problem
    ? error.errors.find((fieldError) => fieldError.field === field)?.message
    : undefined
/** What is wrong as a whole, when no field is to blame. */
const formError = (error: unknown) =>
  error instanceof Problem &&
  !error.errors.some(({ field }) => ['email', 'display_name', 'password', 'code'].includes(field))
    ? error.detail || error.title
    : error && !(error instanceof Problem)
      ? String((error as Error).message)
      : undefined

/**
 * Signing in or up, the second factor included. `onDone` is called when there is a session,
 * `onLeave` when a link leads elsewhere.
 */
export function SignInForm({
  mode,
  onDone,
  onLeave,
}: {
  mode: 'in' | 'up'
  onDone: () => void
  onLeave?: () => void
}) {
  const t = useMessages(authMessages)
  const me = useMe()
  const client = useQueryClient()
  const [step, setStep] = useState<SignInStep | null>(null)
  // Whoever confirms the address in their mailbox goes on here with what they typed.
  const given = useRef({ email: '', password: '' })
  const [tried, setTried] = useState(false)
  const enter = useMutation({
    mutationFn: (attempt: () => Promise<SignInStep>) => attempt(),
    onSuccess: async (next) => {
      setStep(next)
      if (next !== 'done') return
      const { user } = await client.fetchQuery({ ...meQuery, staleTime: 0 })
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'feed' && queryKey[1] !== meQuery.queryKey[1],
      })
      if (user) showToast(t('welcome', { name: user.display_name }))
      onDone()
    },
  })

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const value = (name: string) => String(form.get(name) ?? '')
    if (step !== 'second_factor')
      given.current = { email: value('email').trim(), password: value('password') }
    if (step === 'second_factor')
      enter.mutate(() => submitSecondFactor(value('code').replace(/\s/g, '')))
    else if (mode === 'in') enter.mutate(() => signIn(value('email').trim(), value('password')))
    else {
      enter.mutate(() =>
        signUp({
          email: value('email').trim(),
          display_name: value('display_name').trim(),
          password: value('password'),
        }),
      )
    }
  }
  const goOn = () => {
    setTried(true)
    enter.mutate(async () => {
      // The link signs in by itself where it is opened in this browser.
      const { user } = await client.fetchQuery({ ...meQuery, staleTime: 0 })
      return user ? 'done' : signIn(given.current.email, given.current.password)
    })
  }
  const wrong = formError(enter.error)

  if (step === 'verify_email') {
    return (
      <div className={styles.form}>
        <MailSent email={given.current.email} text={t('verify')} />
        {tried && !enter.isPending && !enter.isError && <Wrong text={t('notYet')} />}
        {enter.isError && <Wrong text={enter.error.message} />}
        <Button wide disabled={enter.isPending} onClick={goOn}>
          {t('goOn')}
        </Button>
      </div>
    )
  }
  if (step === 'second_factor') {
    return (
      <form className={styles.form} onSubmit={submit}>
        <h2>{t('second')}</h2>
        <p className={styles.text}>{t('secondText')}</p>
        <Field
          label={t('code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          error={fieldError(enter.error, 'code')}
        />
        {wrong && <Wrong text={wrong} />}
        <Button type="submit" wide disabled={enter.isPending}>
          {t('confirm')}
        </Button>
      </form>
    )
  }
  return (
    <div className={styles.both}>
      {mode === 'in' && me?.demo && (
        <DemoAccounts
          accounts={me.demo_accounts}
          busy={enter.isPending}
          onPick={(account) => enter.mutate(() => signIn(account.email, account.password))}
        />
      )}
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t('email')}
          name="email"
          type="email"
          autoComplete={mode === 'in' ? 'username webauthn' : 'email'}
          required
          error={fieldError(enter.error, 'email')}
        />
        {mode === 'up' && (
          <Field
            label={t('name')}
            hint={t('nameHint')}
            name="display_name"
            autoComplete="nickname"
            required
            maxLength={40}
            error={fieldError(enter.error, 'display_name')}
          />
        )}
        <Field
          label={t('password')}
          hint={mode === 'up' ? t('passwordHint') : undefined}
          name="password"
          type="password"
          autoComplete={mode === 'in' ? 'current-password' : 'new-password'}
          minLength={mode === 'up' ? 10 : undefined}
          required
          error={fieldError(enter.error, 'password')}
        />
        {wrong && <Wrong text={wrong} />}
        <Button type="submit" wide disabled={enter.isPending}>
          {t(mode === 'in' ? 'doSignIn' : 'doSignUp')}
        </Button>
        {mode === 'in' && passkeysSupported() && (
          <Button
            look="line"
            wide
            disabled={enter.isPending}
            onClick={() => enter.mutate(signInWithPasskey)}
          >
            {t('passkey')}
          </Button>
        )}
        {mode === 'in' && (
          <Link to="/password/reset" className={styles.forgot} onClick={onLeave}>
            {t('forgot')}
          </Link>
        )}
        {mode === 'up' && <p className={styles.text}>{t('agree')}</p>}
      </form>
    </div>
  )
}

function Wrong({ text }: { text: string }) {
  return (
    <p className={styles.wrong} role="alert">
      {text}
    </p>
  )
}

function DemoAccounts({
  accounts,
  busy,
  onPick,
}: {
  accounts: DemoAccount[]
  busy: boolean
  onPick: (account: DemoAccount) => void
}) {
  const t = useMessages(authMessages)
  if (accounts.length === 0) return null
  return (
    <section className={styles.demo} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t('demoTitle')}</h2>
      <p className={styles.text}>{t('demoText')}</p>
      <ul>
        {accounts.map((account) => (
          <li key={account.email}>
            <button type="button" disabled={busy} onClick={() => onPick(account)}>
              <span className={styles.role}>{t(`role_${account.role}`)}</span>
              <span className={styles.email}>{account.email}</span>
              <span className={styles.email}>{account.password}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
