import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { usePageTitle } from '../../ui/usePageTitle'
import { ProblemAlert } from '../shared/ProblemAlert'
import { CaseQueue } from './CaseQueue'
import { reviewMessages } from './messages'
import styles from './ReviewHome.module.css'
import { useCaseFilter, useCaseQueue } from './useCaseQueue'
import { useNextCase } from './useNextCase'

/** The queue, and an invitation to begin at its top. */
export function ReviewHome() {
  const t = useMessages(reviewMessages)
  usePageTitle(t('pageTitle'))
  const [filter, setFilter] = useCaseFilter()
  const queue = useCaseQueue(filter)
  const nextCase = useNextCase()
  const first = queue.items[0]
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <h1 className="unseen">{t('pageTitle')}</h1>
      <CaseQueue filter={filter} onFilter={setFilter} queue={queue} />
      <section className={styles.invitation}>
        {first && filter === 'open' ? (
          <>
            <h2>{t('choose')}</h2>
            <p>{t('chooseText')}</p>
            <button
              type="button"
              className={buttonClass('cinnabar')}
              disabled={nextCase.isPending}
              onClick={() => nextCase.open()}
            >
              {t('openNext')}
            </button>
            <ProblemAlert error={nextCase.error} />
          </>
        ) : (
          <p className={styles.empty}>{t(filter === 'open' ? 'emptyOpen' : 'choose')}</p>
        )}
      </section>
    </main>
  )
}
