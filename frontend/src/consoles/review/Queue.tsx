import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/me'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Failed, Lamp } from '../../ui/State'
import { deskMessages } from '../desk/messages'
import { useNow } from '../desk/useNow'
import type { CaseCard } from '../types'
import { reviewMessages } from './messages'
import styles from './Queue.module.css'
import { leftWords } from './time'
import { LISTS, type List, type useQueue } from './useQueue'

/** Cases in order of risk, with how long there is and who has them. */
export function Queue({
  list,
  onList,
  queue,
  current,
}: {
  list: List
  onList: (list: List) => void
  queue: ReturnType<typeof useQueue>
  current?: string
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(deskMessages)
  return (
    <nav className={styles.queue} aria-label={t('queue')}>
      <Kinds here="films" />
      <div className={styles.lists}>
        {LISTS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === list ? 'true' : undefined}
            onClick={() => onList(name)}
          >
            {t(`list_${name}`)}
            {name === list && queue.isSuccess && (
              <span>
                {queue.items.length}
                {queue.hasNextPage ? '+' : ''}
              </span>
            )}
          </button>
        ))}
      </div>
      {queue.isPending && <Lamp small />}
      {queue.isError && (
        <Failed level={2} error={queue.error} onRetry={() => void queue.refetch()} />
      )}
      {queue.isSuccess && queue.items.length === 0 && (
        <p className={styles.empty}>{t(list === 'open' ? 'emptyOpen' : 'emptyOther')}</p>
      )}
      <ol>
        {queue.items.map((card) => (
          <li key={card.id}>
            <Row card={card} current={card.id === current} />
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
export function Kinds({ here }: { here: 'films' | 'remarks' }) {
  const t = useMessages(reviewMessages)
  return (
    <div className={styles.kinds}>
      <Link
        to="/review"
        activeOptions={{ exact: true }}
        aria-current={here === 'films' ? 'page' : undefined}
      >
        {t('films')}
      </Link>
      <Link to="/review/remarks" aria-current={here === 'remarks' ? 'page' : undefined}>
        {t('remarks')}
      </Link>
    </div>
  )
}

function Row({ card, current }: { card: CaseCard; current: boolean }) {
  const t = useMessages(reviewMessages)
  const words = useWords()
  const me = useMe()?.user
  const held = card.holder
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
      <span className={styles.thumb}>
        {card.poster_url && <img src={card.poster_url} alt="" loading="lazy" />}
      </span>
      <span className={styles.words}>
        <span className={styles.title} lang={langOf(card.series.language)}>
          {card.series.title} {card.episode.number}
        </span>
        <span className={styles.why}>
          {card.foremost.map(words).join(' · ') || t('noFindings')}
          {held && <em> · {held}</em>}
        </span>
      </span>
      <span className={styles.clock}>
        <DueClock card={card} />
        <span className={styles.risk} data-high={card.risk >= 0.6 || undefined}>
          {t('risk', { n: Math.round(card.risk * 100) })}
        </span>
      </span>
    </Link>
  )
}

export function DueClock({ card }: { card: Pick<CaseCard, 'due_at' | 'state'> }) {
  const t = useMessages(reviewMessages)
  const now = useNow(1000)
  if (!card.due_at || (card.state !== 'open' && card.state !== 'taken')) return null
  const left = Date.parse(card.due_at) - now
  const time = leftWords(left)
  return (
    <span
      className={styles.due}
      data-late={left < 0 || undefined}
      title={t(left < 0 ? 'overdue' : 'due', { time })}
    >
      <span className="unseen">{t(left < 0 ? 'overdue' : 'due', { time })}</span>
      <span aria-hidden="true">
        {left < 0 ? '−' : ''}
        {time}
      </span>
    </span>
  )
}
