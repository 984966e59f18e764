import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { confirmEmail, emailOfKey } from '../api/allauthAccount'
import { meQuery } from '../api/me'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { ErrorState } from '../ui/ErrorState'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import styles from './Account.module.css'
import { BadLink } from './BadLink'
import { accountMessages } from './messages'

/**
 * Where the mail that confirms an address leads. It asks first: programs that look at the links of
 * mails confirm nothing.
 */
export function ConfirmEmailPage() {
  const t = useMessages(accountMessages)
  const { key } = useParams({ strict: false }) as { key: string }
  const client = useQueryClient()
  const address = useQuery({
    queryKey: ['email key', key],
    queryFn: () => emailOfKey(key),
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const confirm = useMutation({
    mutationFn: () => confirmEmail(key),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  const refused = [address.error, confirm.error].some(
    (error) => error instanceof Problem && error.status === 400,
  )
  const error = address.error ?? confirm.error
  return (
    <Page title={t('confirmTitle')} narrow>
      <div>
        {confirm.isSuccess ? (
          <div className={styles.form}>
            <p role="status">{t(confirm.data ? 'confirmDoneIn' : 'confirmDone')}</p>
            {confirm.data ? (
              <Link to="/" className={buttonClass()}>
                {t('toHome')}
              </Link>
            ) : (
              <Link to="/sign-in" className={buttonClass()}>
                {t('signIn')}
              </Link>
            )}
          </div>
        ) : refused ? (
          <BadLink text={t('confirmBadText')}>
            <Link to="/sign-in" className={buttonClass()}>
              {t('signIn')}
            </Link>
          </BadLink>
        ) : error ? (
          <ErrorState
            error={error}
            level={2}
            onRetry={() => (confirm.isError ? confirm.mutate() : void address.refetch())}
          />
        ) : address.data === undefined ? (
          <Spinner />
        ) : (
          <div className={styles.form}>
            <p className={styles.line}>{t('confirmText', { email: address.data })}</p>
            <Button wide disabled={confirm.isPending} onClick={() => confirm.mutate()}>
              {t('confirmDo')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  )
}
