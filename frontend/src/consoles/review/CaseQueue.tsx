import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/me'
import type { CaseCard } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf, useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { CaseDueTime } from './CaseDueTime'
import { reviewMessages } from './messages'
import { ReviewQueue } from './ReviewQueue'
import styles from './ReviewQueue.module.css'
import { CASE_FILTERS, type CaseFilter, type useCaseQueue } from './useCaseQueue'

const HIGH_RISK = 0.6

/** Cases in order of risk, with the time that is left for each and who has reserved it. */
export function CaseQueue({
  filter,
  onFilter,
  queue,
  current,
}: {
  filter: CaseFilter
  onFilter: (filter: CaseFilter) => void
  queue: ReturnType<typeof useCaseQueue>
  /** The id of the case that is open beside the queue. */
  current?: string
}) {
  const t = useMessages(reviewMessages)
  return (
    <ReviewQueue
      label={t('queue')}
      section="films"
      filters={CASE_FILTERS.map((name) => ({ name, label: t(`list_${name}`) }))}
      filter={filter}
      onFilter={onFilter}
      query={queue}
      emptyText={t(filter === 'open' ? 'emptyOpen' : 'emptyOther')}
      renderItem={(card) => <CaseRow card={card} isCurrent={card.id === current} />}
    />
  )
}

function CaseRow({ card, isCurrent }: { card: CaseCard; isCurrent: boolean }) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const me = useMe()?.user
  let reservation = ''
  if (card.reviewer) {
    reservation =
      card.reviewer.id === me?.id
        ? t('reservedByMe')
        : t('reservedBy', { name: card.reviewer.display_name })
  }
  const decided =
    card.outcome && card.decided_at
      ? [
          t(`outcome_${card.outcome}`),
          card.automatic ? t('automatic') : card.decided_by?.display_name,
          format.ago(card.decided_at),
        ]
          .filter(Boolean)
          .join(' · ')
      : null
  return (
    <Link
      to="/review/$caseId"
      params={{ caseId: card.id }}
      className={styles.row}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <span className={styles.thumbnail}>
        {card.poster_url && <img src={card.poster_url} alt="" loading="lazy" />}
      </span>
      <span className={styles.summary}>
        <span className={styles.title} lang={langOf(card.series.language)}>
          {card.series.title} {card.episode.number}
        </span>
        <span className={styles.reasons}>
          {card.is_appealed && <strong>{t('appealed')} · </strong>}
          {decided ?? (card.top_policies.map(localized).join(' · ') || t('noFindings'))}
          {reservation && <em> · {reservation}</em>}
        </span>
      </span>
      <span className={styles.deadline}>
        <CaseDueTime card={card} />
        <span className={styles.risk} data-high={card.risk >= HIGH_RISK || undefined}>
          {t('risk', { n: Math.round(card.risk * 100) })}
        </span>
      </span>
    </Link>
  )
}
