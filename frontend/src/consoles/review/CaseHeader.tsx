import type { Case } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { CaseDueTime } from './CaseDueTime'
import styles from './CaseReview.module.css'
import { reviewMessages } from './messages'

/** The Cut under review: series, episode, creator, origin, declaration, fingerprint, time left. */
export function CaseHeader({ case: reviewCase }: { case: Case }) {
  const t = useMessages(reviewMessages)
  const format = useFormat()
  const { series, episode, creator, cut, opened_at } = reviewCase
  return (
    <header>
      <h1 lang={langOf(series.language)}>
        {series.title} <span>{t('episode', { n: episode.number })}</span>
      </h1>
      <p className={styles.facts}>
        {[
          creator.display_name,
          t(`origin_${cut.origin}`),
          t(`declared_${cut.declaration}`),
          t('version', { n: cut.number }),
        ].join(' · ')}
        {opened_at && ` · ${t('openedAt', { time: format.dateTime(opened_at) })}`}
        {' · '}
        <code title={t('sha')}>{cut.sha256.slice(0, 12)}</code> <CaseDueTime card={reviewCase} />
      </p>
    </header>
  )
}
