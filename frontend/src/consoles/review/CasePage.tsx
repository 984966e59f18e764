import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Problem } from '../../api/problem'
import { untyped as api } from '../../api/untyped'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { notify } from '../../ui/Notice'
import { Failed, Lamp, Quiet } from '../../ui/State'
import type { Case } from '../types'
import { CaseDesk } from './CaseDesk'
import styles from './CasePage.module.css'
import { reviewMessages } from './messages'
import { Queue } from './Queue'
import { useList, useQueue } from './useQueue'

const LOOK_AGAIN_MS = 20_000

/** One case at the desk, with the queue beside it; after a decision the next case comes. */
export function CasePage() {
  const { caseId } = useParams({ from: '/review/$caseId' })
  const t = useMessages(reviewMessages)
  const navigate = useNavigate()
  const client = useQueryClient()
  const [list, setList] = useList()
  const queue = useQueue(list)
  const query = useQuery({
    queryKey: ['case', caseId],
    queryFn: ({ signal }) => api.get<Case>(`/review/cases/${caseId}`, undefined, signal),
    // What others do to it: take it, decide it, block it.
    refetchInterval: LOOK_AGAIN_MS,
  })

  const go = (step: 1 | -1) => {
    const at = queue.items.findIndex((card) => card.id === caseId)
    const next = at < 0 ? queue.items[0] : queue.items[at + step]
    if (next) void navigate({ to: '/review/$caseId', params: { caseId: next.id } })
  }
  const onDecided = (decided: Case) => {
    client.setQueryData(['case', caseId], decided)
    const next = queue.items.find(
      (card) => card.id !== caseId && (card.state === 'open' || card.state === 'taken'),
    )
    const outcome = decided.decision ? t(`outcome_${decided.decision.outcome}`) : ''
    void client.invalidateQueries({ queryKey: ['/review/cases'] })
    const told = t('decided', { outcome })
    const said = decided.decision?.outcome
    // Only a yes or a no ends the work on a case; what was taken down or reopened stays on the desk.
    if (list !== 'open' || (said !== 'approved' && said !== 'rejected')) {
      notify(told)
    } else if (next) {
      notify(`${told} · ${t('nextCase', { title: next.series.title })}`)
      void navigate({ to: '/review/$caseId', params: { caseId: next.id } })
    } else {
      notify(`${told} · ${t('queueDone')}`)
      void navigate({ to: '/review' })
    }
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <div className={styles.queue}>
        <Queue list={list} onList={setList} queue={queue} current={caseId} />
      </div>
      {query.isPending && <Lamp />}
      {query.isError &&
        (query.error instanceof Problem && query.error.gone ? (
          <Quiet
            title={t('gone')}
            actions={
              <Link to="/review" className={buttonClass('cinnabar')}>
                {t('backToQueue')}
              </Link>
            }
          />
        ) : (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {query.data && (
        <CaseDesk
          key={caseId}
          case={query.data}
          onCase={(next) => client.setQueryData(['case', caseId], next)}
          refetch={async () => (await query.refetch()).data ?? null}
          onDecided={onDecided}
          onStep={go}
        />
      )}
    </main>
  )
}
