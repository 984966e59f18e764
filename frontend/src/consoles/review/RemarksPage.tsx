import { useState } from 'react'
import type { Remark } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { RemarkReview } from './RemarkReview'
import styles from './RemarksPage.module.css'
import { ReviewQueue } from './ReviewQueue'
import { remarkMessages } from './remarkMessages'
import { REMARK_FILTERS, type RemarkFilter, useRemarkQueue } from './useRemarkQueue'

/** The queue of public texts and the open one; after a decision the next one opens. */
export function RemarksPage() {
  const t = useMessages(remarkMessages)
  usePageTitle(t('title'))
  const [filter, setFilter] = useState<RemarkFilter>('held')
  const remarks = useRemarkQueue(filter)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const { items } = remarks
  const current = items.find((remark) => remark.id === selectedId) ?? items[0] ?? null
  const index = current ? items.indexOf(current) : -1
  const emptyText = t(filter === 'held' ? 'emptyHeld' : 'emptyOther')

  const selectAdjacent = (step: 1 | -1) =>
    setSelectedId(items[index + step]?.id ?? current?.id ?? null)
  const onDecided = (decided: Remark) => {
    const next = items[index + 1] ?? items[index - 1] ?? null
    const notice = t(decided.state === 'shown' ? 'done_shown' : 'done_refused')
    showToast(next ? notice : `${notice} · ${t('listDone')}`)
    setSelectedId(next?.id ?? null)
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <h1 className="unseen">{t('title')}</h1>
      <ReviewQueue
        label={t('lists')}
        section="remarks"
        filters={REMARK_FILTERS.map((name) => ({ name, label: t(`list_${name}`) }))}
        filter={filter}
        onFilter={(next) => {
          setFilter(next)
          setSelectedId(null)
        }}
        query={remarks}
        emptyText={emptyText}
        renderItem={(remark) => (
          <RemarkRow
            remark={remark}
            isCurrent={remark === current}
            onSelect={() => setSelectedId(remark.id)}
          />
        )}
      />
      {current ? (
        <RemarkReview
          key={current.id}
          remark={current}
          onNavigate={selectAdjacent}
          onDecided={onDecided}
        />
      ) : (
        <section className={styles.empty}>
          <p>{emptyText}</p>
        </section>
      )}
    </main>
  )
}

function RemarkRow({
  remark,
  isCurrent,
  onSelect,
}: {
  remark: Remark
  isCurrent: boolean
  onSelect: () => void
}) {
  const t = useMessages(remarkMessages)
  const format = useFormat()
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isCurrent ? 'true' : undefined}
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
