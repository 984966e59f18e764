import { useState } from 'react'
import type { RevisedWords } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { ReviewQueue } from './ReviewQueue'
import styles from './SpeechPage.module.css'
import { speechMessages } from './speechMessages'
import { useWordsQueue, WORDS_FILTERS, type WordsFilter } from './useWordsQueue'
import { WordsReview } from './WordsReview'
import { wordsMessages } from './wordsMessages'

/** The queue of changed words and the open change; after a decision the next one opens. */
export function WordsPage() {
  const t = useMessages(wordsMessages)
  const s = useMessages(speechMessages)
  usePageTitle(t('title'))
  const [filter, setFilter] = useState<WordsFilter>('waiting')
  const queue = useWordsQueue(filter)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const { items } = queue
  const current = items.find((words) => words.id === selectedId) ?? items[0] ?? null
  const index = current ? items.indexOf(current) : -1
  const emptyText = t(filter === 'waiting' ? 'emptyWaiting' : 'emptyOther')

  const selectAdjacent = (step: 1 | -1) =>
    setSelectedId(items[index + step]?.id ?? current?.id ?? null)
  const onDecided = (decided: RevisedWords) => {
    const next = items[index + 1] ?? items[index - 1] ?? null
    const notice = t(decided.state === 'cleared' ? 'done_cleared' : 'done_refused')
    showToast(next ? notice : `${notice} · ${s('listDone')}`)
    setSelectedId(next?.id ?? null)
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <h1 className="unseen">{t('title')}</h1>
      <ReviewQueue
        label={t('lists')}
        section="words"
        filters={WORDS_FILTERS.map((name) => ({ name, label: t(`list_${name}`) }))}
        filter={filter}
        onFilter={(next) => {
          setFilter(next)
          setSelectedId(null)
        }}
        query={queue}
        emptyText={emptyText}
        renderItem={(words) => (
          <WordsRow
            words={words}
            isCurrent={words === current}
            onSelect={() => setSelectedId(words.id)}
          />
        )}
      />
      {current ? (
        <WordsReview
          key={current.id}
          words={current}
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

function WordsRow({
  words,
  isCurrent,
  onSelect,
}: {
  words: RevisedWords
  isCurrent: boolean
  onSelect: () => void
}) {
  const t = useMessages(wordsMessages)
  const format = useFormat()
  const changed = words.changes.find(({ before, after }) => before !== after)
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onSelect}
    >
      <span className={styles.excerpt} lang={langOf(words.series.language)}>
        {changed?.after ?? words.changes[0]?.after}
      </span>
      <span className={styles.meta}>
        <span lang={langOf(words.series.language)}>
          {words.series.title} {words.episode?.number ?? ''}
        </span>
        <em>{t(`kind_${words.kind}`)}</em>
        <time dateTime={words.created_at}>{format.ago(words.created_at)}</time>
      </span>
    </button>
  )
}
