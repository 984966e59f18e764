import { useState } from 'react'
import type { ModeratedSpeech } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { ReviewQueue } from './ReviewQueue'
import styles from './SpeechPage.module.css'
import { SpeechReview } from './SpeechReview'
import { speechMessages } from './speechMessages'
import { SPEECH_FILTERS, type SpeechFilter, useSpeechQueue } from './useSpeechQueue'

/** The queue of public texts and the open one; after a decision the next one opens. */
export function SpeechPage() {
  const t = useMessages(speechMessages)
  usePageTitle(t('title'))
  const [filter, setFilter] = useState<SpeechFilter>('held')
  const queue = useSpeechQueue(filter)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const { items } = queue
  const current = items.find((speech) => speech.id === selectedId) ?? items[0] ?? null
  const index = current ? items.indexOf(current) : -1
  const emptyText = t(filter === 'held' ? 'emptyHeld' : 'emptyOther')

  const selectAdjacent = (step: 1 | -1) =>
    setSelectedId(items[index + step]?.id ?? current?.id ?? null)
  const onDecided = (decided: ModeratedSpeech) => {
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
        section="speech"
        filters={SPEECH_FILTERS.map((name) => ({ name, label: t(`list_${name}`) }))}
        filter={filter}
        onFilter={(next) => {
          setFilter(next)
          setSelectedId(null)
        }}
        query={queue}
        emptyText={emptyText}
        renderItem={(speech) => (
          <SpeechRow
            speech={speech}
            isCurrent={speech === current}
            onSelect={() => setSelectedId(speech.id)}
          />
        )}
      />
      {current ? (
        <SpeechReview
          key={current.id}
          speech={current}
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

function SpeechRow({
  speech,
  isCurrent,
  onSelect,
}: {
  speech: ModeratedSpeech
  isCurrent: boolean
  onSelect: () => void
}) {
  const t = useMessages(speechMessages)
  const format = useFormat()
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onSelect}
    >
      <span className={styles.excerpt}>{speech.text}</span>
      <span className={styles.meta}>
        <span lang={langOf(speech.series.language)}>
          {speech.series.title} {speech.episode?.number ?? ''}
        </span>
        {speech.waits && <em>{t(`waits_${speech.waits}`)}</em>}
        {speech.reports.length > 0 && speech.waits !== 'reports' && (
          <em>
            {t('reports')} {speech.reports.length}
          </em>
        )}
        <time dateTime={speech.created_at}>{format.ago(speech.created_at)}</time>
      </span>
    </button>
  )
}
