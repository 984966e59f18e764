import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Problem } from '../../api/problem'
import type { Case } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { ProblemAlert } from '../shared/ProblemAlert'
import styles from './CasePage.module.css'
import { CaseQueue } from './CaseQueue'
import { CaseReview } from './CaseReview'
import { reviewMessages } from './messages'
import { CASE_LIST_KEY, caseQuery } from './queries'
import { useCaseFilter, useCaseQueue } from './useCaseQueue'
import { useNextCase } from './useNextCase'

/** One case with the queue beside it; after a decision the next case of the queue is opened. */
export function CasePage() {
  const { caseId } = useParams({ from: '/review/$caseId' })
  const t = useMessages(reviewMessages)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [filter, setFilter] = useCaseFilter()
  const queue = useCaseQueue(filter)
  const nextCase = useNextCase()
  const query = useQuery(caseQuery(caseId))
  const setCase = (next: Case) => queryClient.setQueryData(caseQuery(caseId).queryKey, next)

  const openAdjacentCase = (step: 1 | -1) => {
    const index = queue.items.findIndex((card) => card.id === caseId)
    const next = index < 0 ? queue.items[0] : queue.items[index + step]
    if (next) void navigate({ to: '/review/$caseId', params: { caseId: next.id } })
  }
  const onDecided = (decided: Case) => {
    setCase(decided)
    const outcome = decided.decision ? t(`outcome_${decided.decision.outcome}`) : ''
    void queryClient.invalidateQueries({ queryKey: CASE_LIST_KEY })
    const notice = t('decided', { outcome })
    const outcomeCode = decided.decision?.outcome
    // Only a yes or a no ends the work on a case; what was taken down or reopened stays open.
    if (filter !== 'open' || (outcomeCode !== 'approved' && outcomeCode !== 'rejected')) {
      showToast(notice)
    } else {
      nextCase.open(notice)
    }
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <div className={styles.queue}>
        <CaseQueue filter={filter} onFilter={setFilter} queue={queue} current={caseId} />
      </div>
      <ProblemAlert error={nextCase.error} />
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
          onCaseChanged={setCase}
          refetch={async () => (await query.refetch()).data ?? null}
          onDecided={onDecided}
          onNavigate={openAdjacentCase}
          onNext={() => nextCase.open()}
        />
      )}
    </main>
  )
}
