import { useEffect, useRef } from 'react'
import type { Case } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf, useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { highlightEvidence } from './findingSpans'
import { reviewMessages } from './messages'
import styles from './Transcript.module.css'

/** What is said, line by line, following the film; what a finding names is marked. */
export function Transcript({
  case: reviewCase,
  positionMs,
  onSeek,
}: {
  case: Case
  positionMs: number
  onSeek: (ms: number) => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const list = useRef<HTMLOListElement>(null)
  const currentIndex = reviewCase.transcript.findIndex(
    (line) =>
      line.start_ms !== null && positionMs >= line.start_ms && positionMs < (line.end_ms ?? 0),
  )
  useEffect(() => {
    const box = list.current
    const line = box?.children[currentIndex]
    if (!box || !(line instanceof HTMLElement)) return
    const top = line.offsetTop - box.offsetTop
    if (top < box.scrollTop || top + line.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTo({ top: top - box.clientHeight / 3, behavior: 'smooth' })
    }
  }, [currentIndex])
  if (reviewCase.transcript.length === 0) {
    return (
      <p className={styles.empty}>{localized(reviewCase.transcript_note) || t('noTranscript')}</p>
    )
  }
  return (
    <section aria-label={t('transcript')}>
      <ol ref={list} className={styles.lines} lang={langOf(reviewCase.series.language)}>
        {reviewCase.transcript.map((line, lineIndex) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
          <li key={lineIndex} data-now={lineIndex === currentIndex || undefined}>
            <button
              type="button"
              disabled={line.start_ms === null}
              onClick={() => onSeek(line.start_ms ?? 0)}
            >
              <span className={styles.time}>
                {line.start_ms === null ? '' : format.clock(line.start_ms)}
              </span>
              <span className={styles.speaker}>{line.speaker}</span>
              <span className={styles.text}>
                {highlightEvidence(line, reviewCase.findings).map((part, partIndex) =>
                  part.marked ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
                    <mark key={partIndex}>{part.text}</mark>
                  ) : (
                    part.text
                  ),
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
