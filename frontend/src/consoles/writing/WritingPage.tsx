import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Problem } from '../../api/problem'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { writingMessages } from './messages'
import { writingRoomQuery } from './queries'
import { WritingRoomView } from './WritingRoomView'

/** The prompt book of one series, for those who write in it. */
export function WritingPage() {
  const { seriesId } = useParams({ from: '/studio/writing/$seriesId' })
  const t = useMessages(writingMessages)
  const room = useQuery(writingRoomQuery(seriesId))
  usePageTitle(room.data ? t('page', { title: room.data.series.title }) : undefined)
  if (room.isPending) return <Spinner />
  if (!room.data) {
    if (!(room.error instanceof Problem && room.error.gone)) {
      return <ErrorState error={room.error} onRetry={() => void room.refetch()} />
    }
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState
          title={t('gone')}
          actions={
            <Link to="/me" className={buttonClass()}>
              {t('toMe')}
            </Link>
          }
        >
          <p>{t('goneText')}</p>
        </EmptyState>
      </main>
    )
  }
  return <WritingRoomView key={room.data.id} room={room.data} />
}
