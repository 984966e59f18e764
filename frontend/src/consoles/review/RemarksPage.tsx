import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { consoleMessages } from '../shared/messages'
import type { Remark } from '../types'
import { QueueSwitch } from './CaseQueue'
import { RemarkReview } from './RemarkReview'
import styles from './RemarksPage.module.css'
import queueStyles from './ReviewQueue.module.css'
import { remarkMessages } from './remarkMessages'
import { REMARK_FILTERS, type RemarkFilter, useRemarkQueue } from './useRemarkQueue'

/** What people said and wait to have read; one is looked at, and after a decision the next one comes. */
export function RemarksPage() {
  const t = useMessages(remarkMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('title'))
  const [filter, setFilter] = useState<RemarkFilter>('held')
  const remarks = useRemarkQueue(filter)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const { items } = remarks
  const current = items.find((remark) => remark.id === selectedId) ?? items[0] ?? null
  const index = current ? items.indexOf(current) : -1

  const selectAdjacent = (by: 1 | -1) => setSelectedId(items[index + by]?.id ?? current?.id ?? null)
  const onDecided = (decided: Remark) => {
    const next = items[index + 1] ?? items[index - 1] ?? null
    const notice = t(decided.state === 'shown' ? 'done_shown' : 'done_refused')
    showToast(next ? notice : `${notice} · ${t('listDone')}`)
    setSelectedId(next?.id ?? null)
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <h1 className="unseen">{t('title')}</h1>
      <nav className={queueStyles.queue} aria-label={t('lists')}>
        <QueueSwitch here="remarks" />
        <div className={queueStyles.tabs}>
          {REMARK_FILTERS.map((name) => (
            <button
              key={name}
              type="button"
              aria-current={name === filter ? 'true' : undefined}
              onClick={() => {
                setFilter(name)
                setSelectedId(null)
              }}
            >
              {t(`list_${name}`)}
              {name === filter && remarks.isSuccess && (
                <span>
                  {items.length}
                  {remarks.hasNextPage ? '+' : ''}
                </span>
              )}
            </button>
          ))}
        </div>
        {remarks.isPending && <Spinner small />}
        {remarks.isError && (
          <ErrorState level={2} error={remarks.error} onRetry={() => void remarks.refetch()} />
        )}
        {remarks.isSuccess && items.length === 0 && (
          <p className={queueStyles.empty}>{t(filter === 'held' ? 'emptyHeld' : 'emptyOther')}</p>
        )}
        <ol>
          {items.map((remark) => (
            <li key={remark.id}>
              <RemarkRow
                remark={remark}
                current={remark === current}
                onSelect={() => setSelectedId(remark.id)}
              />
            </li>
          ))}
        </ol>
        {remarks.hasNextPage && (
          <Button variant="default" m="md" onClick={() => void remarks.fetchNextPage()}>
            {d('more')}
          </Button>
        )}
      </nav>
      {current ? (
        <RemarkReview
          key={current.id}
          remark={current}
          onNavigate={selectAdjacent}
          onDecided={onDecided}
        />
      ) : (
        <section className={styles.empty}>
          <p>{t(filter === 'held' ? 'emptyHeld' : 'emptyOther')}</p>
        </section>
      )}
    </main>
  )
}

function RemarkRow({
  remark,
  current,
  onSelect,
}: {
  remark: Remark
  current: boolean
  onSelect: () => void
}) {
  const t = useMessages(remarkMessages)
  const format = useFormat()
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={current ? 'true' : undefined}
      onClick={onSelect}
    >
      <span className={styles.excerpt}>{remark.text}</span>
      <span className={styles.meta}>
        <span lang={langOf(remark.series.language)}>
          {remark.series.title} {remark.episode?.number ?? ''}
        </span>
        {remark.waits && <em>{t(`waits_${remark.waits}`)}</em>}
        {remark.reports.length > 0 && remark.waits !== 'reports' && (
          <em>
            {t('reports')} {remark.reports.length}
          </em>
        )}
        <time dateTime={remark.created_at}>{format.ago(remark.created_at)}</time>
      </span>
    </button>
  )
}
