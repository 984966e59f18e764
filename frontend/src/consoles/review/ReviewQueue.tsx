import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { consoleMessages } from '../shared/messages'
import { reviewMessages } from './messages'
import styles from './ReviewQueue.module.css'

interface QueueQuery<Item> {
  items: Item[]
  isPending: boolean
  isError: boolean
  isSuccess: boolean
  error: unknown
  hasNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}

/** The queue column of a moderator's work: section switch, filters, and the filtered list. */
export function ReviewQueue<Filter extends string, Item extends { id: string }>({
  label,
  section,
  filters,
  filter,
  onFilter,
  query,
  emptyText,
  renderItem,
}: {
  label: string
  section: 'films' | 'words' | 'speech'
  filters: { name: Filter; label: string }[]
  filter: Filter
  onFilter: (filter: Filter) => void
  query: QueueQuery<Item>
  emptyText: string
  renderItem: (item: Item) => ReactNode
}) {
  const c = useMessages(consoleMessages)
  const { items } = query
  return (
    <nav className={styles.queue} aria-label={label}>
      <SectionSwitch section={section} />
      <div className={styles.tabs}>
        {filters.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            aria-current={name === filter ? 'true' : undefined}
            onClick={() => onFilter(name)}
          >
            {label}
            {name === filter && query.isSuccess && (
              <span>
                {items.length}
                {query.hasNextPage ? '+' : ''}
              </span>
            )}
          </button>
        ))}
      </div>
      {query.isPending && <Spinner small />}
      {query.isError && (
        <ErrorState level={2} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && items.length === 0 && <p className={styles.empty}>{emptyText}</p>}
      <ol>
        {items.map((item) => (
          <li key={item.id}>{renderItem(item)}</li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="default" m="md" onClick={() => void query.fetchNextPage()}>
          {c('more')}
        </Button>
      )}
    </nav>
  )
}

/** Between the kinds of work of a moderator. */
function SectionSwitch({ section }: { section: 'films' | 'words' | 'speech' }) {
  const t = useMessages(reviewMessages)
  return (
    <div className={styles.switch}>
      <Link
        to="/review"
        activeOptions={{ exact: true }}
        aria-current={section === 'films' ? 'page' : undefined}
      >
        {t('films')}
      </Link>
      <Link to="/review/words" aria-current={section === 'words' ? 'page' : undefined}>
        {t('words')}
      </Link>
      <Link to="/review/remarks" aria-current={section === 'speech' ? 'page' : undefined}>
        {t('speech')}
      </Link>
    </div>
  )
}
