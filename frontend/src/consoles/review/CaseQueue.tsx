import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/me'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { consoleMessages } from '../shared/messages'
import { useNow } from '../shared/useNow'
import type { CaseCard } from '../types'
import { reviewMessages } from './messages'
import styles from './ReviewQueue.module.css'
import { formatTimeLeft } from './timeLeft'
import { CASE_FILTERS, type CaseFilter, type useCaseQueue } from './useCaseQueue'

/** Cases in order of risk, with how long there is and who has them. */
export function CaseQueue({
  filter,
  onFilter,
  queue,
  current,
}: {
  filter: CaseFilter
  onFilter: (filter: CaseFilter) => void
  queue: ReturnType<typeof useCaseQueue>
  current?: string
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(consoleMessages)
  return (
    <nav className={styles.queue} aria-label={t('queue')}>
      <QueueSwitch here="films" />
      <div className={styles.tabs}>
        {CASE_FILTERS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === filter ? 'true' : undefined}
            onClick={() => onFilter(name)}
          >
            {t(`list_${name}`)}
            {name === filter && queue.isSuccess && (
              <span>
                {queue.items.length}
                {queue.hasNextPage ? '+' : ''}
              </span>
            )}
          </button>
        ))}
      </div>
      {queue.isPending && <Spinner small />}
      {queue.isError && (
        <ErrorState level={2} error={queue.error} onRetry={() => void queue.refetch()} />
      )}
      {queue.isSuccess && queue.items.length === 0 && (
        <p className={styles.empty}>{t(filter === 'open' ? 'emptyOpen' : 'emptyOther')}</p>
      )}
      <ol>
        {queue.items.map((card) => (
          <li key={card.id}>
            <CaseRow card={card} current={card.id === current} />
          </li>
        ))}
      </ol>
      {queue.hasNextPage && (
        <Button variant="default" m="md" onClick={() => void queue.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
    </nav>
  )
}

/** The desk's two kinds of work. */
export function QueueSwitch({ here: current }: { here: 'films' | 'remarks' }) {
  const t = useMessages(reviewMessages)
  return (
    <div className={styles.switch}>
      <Link
        to="/review"
        activeOptions={{ exact: true }}
        aria-current={current === 'films' ? 'page' : undefined}
      >
        {t('films')}
      </Link>
      <Link to="/review/remarks" aria-current={current === 'remarks' ? 'page' : undefined}>
        {t('remarks')}
      </Link>
    </div>
  )
}

function CaseRow({ card, current }: { card: CaseCard; current: boolean }) {
  const t = useMessages(reviewMessages)
  const words = useWords()
  const me = useMe()?.user
  const reservation = card.holder
    ? card.holder.id === me?.id
      ? t('heldByMe')
      : t('heldBy', { name: card.holder.display_name })
    : ''
  return (
    <Link
      to="/review/$caseId"
      params={{ caseId: card.id }}
      className={styles.row}
      aria-current={current ? 'page' : undefined}
    >
      <span className={styles.thumbnail}>
        {card.poster_url && <img src={card.poster_url} alt="" loading="lazy" />}
      </span>
      <span className={styles.summary}>
        <span className={styles.title} lang={langOf(card.series.language)}>
          {card.series.title} {card.episode.number}
        </span>
        <span className={styles.reasons}>
          {card.foremost.map(words).join(' · ') || t('noFindings')}
          {reservation && <em> · {reservation}</em>}
        </span>
      </span>
      <span className={styles.deadline}>
        <CaseDueTime card={card} />
        <span className={styles.risk} data-high={card.risk >= 0.6 || undefined}>
          {t('risk', { n: Math.round(card.risk * 100) })}
        </span>
      </span>
    </Link>
  )
}

export function CaseDueTime({ card }: { card: Pick<CaseCard, 'due_at' | 'state'> }) {
  const t = useMessages(reviewMessages)
  const now = useNow(1000)
  if (!card.due_at || (card.state !== 'open' && card.state !== 'taken')) return null
  const leftMs = Date.parse(card.due_at) - now
  const time = formatTimeLeft(leftMs)
  return (
    <span
      className={styles.due}
      data-late={leftMs < 0 || undefined}
      title={t(leftMs < 0 ? 'overdue' : 'due', { time })}
    >
      <span className="unseen">{t(leftMs < 0 ? 'overdue' : 'due', { time })}</span>
      <span aria-hidden="true">
        {leftMs < 0 ? '−' : ''}
        {time}
      </span>
    </span>
  )
}
