import { Link } from '@tanstack/react-router'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { usePageTitle } from '../../ui/usePageTitle'
import { reviewMessages } from './messages'
import { Queue } from './Queue'
import styles from './ReviewHome.module.css'
import { useList, useQueue } from './useQueue'

/** The queue, and an invitation to begin at its top. */
export function ReviewHome() {
  const t = useMessages(reviewMessages)
  usePageTitle(t('desk'))
  const [list, setList] = useList()
  const queue = useQueue(list)
  const first = queue.items[0]
  return (
    <main id="content" tabIndex={-1} className={styles.desk}>
      <h1 className="unseen">{t('desk')}</h1>
      <Queue list={list} onList={setList} queue={queue} />
      <section className={styles.invite}>
        {first && list === 'open' ? (
          <>
            <h2>{t('choose')}</h2>
            <p>{t('chooseText')}</p>
            <Link
              to="/review/$caseId"
              params={{ caseId: first.id }}
              className={buttonClass('cinnabar')}
            >
              {t('openFirst')}
            </Link>
          </>
        ) : (
          <p className={styles.tea}>{t(list === 'open' ? 'emptyOpen' : 'choose')}</p>
        )}
      </section>
    </main>
  )
}
