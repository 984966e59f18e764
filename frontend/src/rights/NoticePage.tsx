import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { client } from '../api/client'
import { Problem } from '../api/problem'
import type { NoticeBody } from '../api/types'
import { useIdempotentMutation } from '../api/useIdempotentMutation'
import { seriesQuery } from '../catalog/queries'
import { useMessages } from '../i18n/messages'
import { buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import { rightsMessages } from './messages'
import { NoticeForm } from './NoticeForm'
import { NoticeReceipt } from './NoticeReceipt'

const route = getRouteApi('/teahouse/rights/notice')

/** A rightholder complains of a play; no account is needed. */
export function NoticePage() {
  const t = useMessages(rightsMessages)
  const { series: seriesId = '' } = route.useSearch()
  return (
    <Page title={t('title')} narrow>
      <NoticeFlow key={seriesId} seriesId={seriesId} />
    </Page>
  )
}

function NoticeFlow({ seriesId }: { seriesId: string }) {
  const t = useMessages(rightsMessages)
  const series = useQuery({ ...seriesQuery(seriesId), enabled: seriesId !== '' })
  const file = useIdempotentMutation((body: NoticeBody, header) =>
    client.POST('/api/v1/rights/notices', { params: { header }, body }),
  )
  // The secret link is shown only once: it and a half-written notice outlive the series query.
  if (file.data) return <NoticeReceipt filed={file.data} />
  if (series.data)
    return (
      <NoticeForm
        series={series.data}
        error={file.error}
        isSubmitting={file.isPending}
        onSubmit={file.mutate}
      />
    )
  const gone = series.error instanceof Problem && series.error.gone
  if (seriesId === '' || gone) {
    return (
      <EmptyState
        level={2}
        title={t(gone ? 'gone' : 'noSeries')}
        actions={
          <Link to="/theatre" className={buttonClass()}>
            {t('toTheatre')}
          </Link>
        }
      >
        <p>{t(gone ? 'goneText' : 'noSeriesText')}</p>
      </EmptyState>
    )
  }
  if (series.isError)
    return <ErrorState level={2} error={series.error} onRetry={() => void series.refetch()} />
  return <Spinner />
}
