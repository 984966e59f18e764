import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import { filedNoticeQuery } from './filedNoticeQuery'
import { rightsMessages } from './messages'
import { NoticeStatus } from './NoticeStatus'
import styles from './Rights.module.css'

const route = getRouteApi('/teahouse/rights/claims/$secret')

/** A claimant follows their claim by its secret link. */
export function FiledNoticePage() {
  const t = useMessages(rightsMessages)
  const { secret } = route.useParams()
  const query = useQuery(filedNoticeQuery(secret))
  const gone = query.error instanceof Problem && query.error.gone
  return (
    <Page
      title={t('title')}
      narrow
      head={
        query.data && (
          <p className={styles.number}>{t('claimNumber', { number: query.data.number })}</p>
        )
      }
    >
      {query.isPending && <Spinner />}
      {query.isError &&
        (gone ? (
          <EmptyState level={2} title={t('noClaim')}>
            <p>{t('noClaimText')}</p>
          </EmptyState>
        ) : (
          <ErrorState level={2} error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {query.data && <NoticeStatus claim={query.data} secret={secret} />}
    </Page>
  )
}
