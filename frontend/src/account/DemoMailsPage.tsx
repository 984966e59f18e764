import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { api } from '../api/client'
import { useMe } from '../api/me'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import styles from './Account.module.css'
import { accountMessages } from './messages'

/** What the demo would have sent. */
export function DemoMailsPage() {
  const t = useMessages(accountMessages)
  const format = useFormat()
  const demo = useMe()?.demo
  const mails = useQuery({
    ...api.queryOptions('get', '/api/v1/demo/mails'),
    refetchInterval: 3000,
    enabled: demo === true,
  })
  if (demo === false) {
    return (
      <Page title={t('mailsTitle')} narrow>
        <EmptyState level={2} title={t('mailsNotHere')}>
          <p>{t('mailsNotHereText')}</p>
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title={t('mailsTitle')} narrow>
      <p className={styles.text}>{t('mailsText')}</p>
      <Button look="line" onClick={() => void mails.refetch()}>
        {t('mailsReload')}
      </Button>
      {mails.isPending && <Spinner />}
      {mails.isError && (
        <ErrorState error={mails.error} level={2} onRetry={() => void mails.refetch()} />
      )}
      {mails.data?.length === 0 && (
        <EmptyState level={2} title={t('mailsNone')}>
          <p>{t('mailsNoneText')}</p>
        </EmptyState>
      )}
      <ul className={styles.mails}>
        {mails.data?.map((mail) => (
          <li key={mail.id} className={styles.mail}>
            <h2>{mail.subject}</h2>
            <p className={styles.text}>
              {t('mailTo', { to: mail.to, when: format.dateTime(mail.sent_at) })}
            </p>
            <div className={styles.body}>
              <WithLinks text={mail.body} />
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** The text with its addresses as links; those of this house open here. */
function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
    if (place % 2 === 0 || !URL.canParse(part)) return <Fragment key={place}>{part}</Fragment>
    const url = new URL(part)
    const here = `${url.pathname}${url.search}`
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <a key={place} href={here}>
        {part}
      </a>
    )
  })
}
