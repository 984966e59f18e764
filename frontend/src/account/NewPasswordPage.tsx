import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { checkResetKey, resetPassword } from '../api/allauthAccount'
import { fieldError } from '../api/fieldError'
import { useResetAllQueries } from '../api/me'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { ErrorState } from '../ui/ErrorState'
import { Field } from '../ui/Field'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import styles from './Account.module.css'
import { BadLink } from './BadLink'
import { accountMessages } from './messages'

/** Where the mail of a reset leads. */
export function NewPasswordPage() {
  const t = useMessages(accountMessages)
  const { key } = useParams({ strict: false }) as { key: string }
  const good = useQuery({
    queryKey: ['reset key', key],
    queryFn: () => checkResetKey(key),
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const forget = useResetAllQueries()
  const set = useMutation({
    mutationFn: (password: string) => resetPassword(key, password),
    onSuccess: () => void forget(),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    set.mutate(String(new FormData(event.currentTarget).get('password') ?? ''))
  }
  const problem = set.error instanceof Problem ? set.error : null
  const used = fieldError(set.error, 'key') !== undefined
  const bad = good.error instanceof Problem && good.error.status === 400
  return (
    <Page title={t('newPasswordTitle')} narrow>
      <div>
        {set.isSuccess ? (
          <div className={styles.form}>
            <p role="status">{t('newPasswordDone')}</p>
            <Link to="/sign-in" className={buttonClass()}>
              {t('signIn')}
            </Link>
          </div>
        ) : bad || used ? (
          <BadLink>
            <Link to="/password/reset" className={buttonClass()}>
              {t('resetNew')}
            </Link>
          </BadLink>
        ) : good.isError ? (
          <ErrorState error={good.error} level={2} onRetry={() => void good.refetch()} />
        ) : good.isPending ? (
          <Spinner />
        ) : (
          <form className={styles.form} onSubmit={submit}>
            <Field
              label={t('passwordNew')}
              hint={t('passwordHint')}
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={10}
              required
              error={fieldError(problem, 'password') ?? set.error?.message}
            />
            <Button type="submit" wide disabled={set.isPending}>
              {t('newPasswordDo')}
            </Button>
          </form>
        )}
      </div>
    </Page>
  )
}
