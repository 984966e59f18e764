import { useEffect, useRef } from 'react'
import type { Finding } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import styles from './FindingList.module.css'
import { formatFindingTime } from './findingSpans'
import { reviewMessages } from './messages'

/** Each finding with how sure the checks are, where it is, and why they think so. */
export function FindingList({
  findings,
  selectedId,
  onSelect,
}: {
  findings: Finding[]
  selectedId: string | null
  onSelect: (id: string) => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section className={styles.findings}>
      <h2>
        {t('findings')} <span>{findings.length}</span>
      </h2>
      {findings.length === 0 && <p className={styles.empty}>{t('noFindingsText')}</p>}
      <ul ref={list}>
        {findings.map((finding) => (
          <li key={finding.id}>
            <button
              type="button"
              aria-pressed={selectedId === finding.id}
              onClick={() => onSelect(finding.id)}
            >
              <span className={styles.head}>
                <strong>{localized(finding.policy_name)}</strong>
                <span className={styles.score} data-grave={finding.score >= 0.65 || undefined}>
                  <span className="unseen">{t('score', { n: finding.score.toFixed(2) })}</span>
                  <span aria-hidden="true">{finding.score.toFixed(2)}</span>
                </span>
              </span>
              <span className={styles.location}>
                {t(`channel_${finding.channel}`)} ·{' '}
                {formatFindingTime(finding, format.clock) ?? t('whole')}
              </span>
              <span className={styles.explanation}>{localized(finding.explanation)}</span>
              {finding.evidence && (
                <span className={styles.evidence}>
                  {t('evidence')}: {finding.evidence}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
