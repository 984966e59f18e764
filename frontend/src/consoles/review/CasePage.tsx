import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Problem } from '../../api/problem'
import { untyped as api } from '../../api/untyped'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import type { Case } from '../types'
import styles from './CasePage.module.css'
import { CaseQueue } from './CaseQueue'
import { CaseReview } from './CaseReview'
import { reviewMessages } from './messages'
import { useCaseFilter, useCaseQueue } from './useCaseQueue'

const REFETCH_MS = 20_000

/** One case at the desk, with the queue beside it; after a decision the next case comes. */
export function CasePage() {
  const { caseId } = useParams({ from: '/review/$caseId' })
  const t = useMessages(reviewMessages)
  const navigate = useNavigate()
  const client = useQueryClient()
  const [filter, setFilter] = useCaseFilter()
  const queue = useCaseQueue(filter)
  const query = useQuery({
    queryKey: ['case', caseId],
    queryFn: ({ signal }) => api.get<Case>(`/review/cases/${caseId}`, undefined, signal),
    // What others do to it: take it, decide it, block it.
    refetchInterval: REFETCH_MS,
  })

  const openAdjacentCase = (step: 1 | -1) => {
    const index = queue.items.findIndex((card) => card.id === caseId)
    const next = index < 0 ? queue.items[0] : queue.items[index + step]
    if (next) void navigate({ to: '/review/$caseId', params: { caseId: next.id } })
  }
  const onDecided = (decided: Case) => {
    client.setQueryData(['case', caseId], decided)
    const next = queue.items.find(
      (card) => card.id !== caseId && (card.state === 'open' || card.state === 'taken'),
    )
    const outcome = decided.decision ? t(`outcome_${decided.decision.outcome}`) : ''
    void client.invalidateQueries({ queryKey: ['/review/cases'] })
    const notice = t('decided', { outcome })
    const outcomeCode = decided.decision?.outcome
    // Only a yes or a no ends the work on a case; what was taken down or reopened stays on the desk.
    if (filter !== 'open' || (outcomeCode !== 'approved' && outcomeCode !== 'rejected')) {
      showToast(notice)
    } else if (next) {
      showToast(`${notice} · ${t('nextCase', { title: next.series.title })}`)
      void navigate({ to: '/review/$caseId', params: { caseId: next.id } })
    } else {
      showToast(`${notice} · ${t('queueDone')}`)
      void navigate({ to: '/review' })
    }
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <div className={styles.queue}>
        <CaseQueue filter={filter} onFilter={setFilter} queue={queue} current={caseId} />
      </div>
      {query.isPending && <Spinner />}
      {query.isError &&
        (query.error instanceof Problem && query.error.gone ? (
          <EmptyState
            title={t('gone')}
            actions={
              <Link to="/review" className={buttonClass('cinnabar')}>
                {t('backToQueue')}
              </Link>
            }
          />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {query.data && (
        <CaseReview
          key={caseId}
          case={query.data}
          onCaseChanged={(next) => client.setQueryData(['case', caseId], next)}
          refetch={async () => (await query.refetch()).data ?? null}
          onDecided={onDecided}
          onNavigate={openAdjacentCase}
        />
      )}
    </main>
  )
}
