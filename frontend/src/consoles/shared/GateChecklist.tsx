import type { Gate } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { SealBadge } from '../../ui/SealBadge'
import styles from './GateChecklist.module.css'
import { consoleMessages } from './messages'

const SEALS: Record<string, string> = {
  media: '片',
  review: '审',
  words: '文',
  label: '标',
  filing: '备',
  rights: '权',
}

/** The publication gate of a Cut: a seal for each passed check, what to do for each open one. */
export function GateChecklist({ gate }: { gate: Gate }) {
  const t = useMessages(consoleMessages)
  const localized = useLocalizedText()
  return (
    <div className={styles.gate}>
      <p className={styles.verdict} data-open={gate.open || undefined}>
        {gate.open ? t('gateOpen') : t('gateShut', { n: gate.reasons.length })}
      </p>
      <ul>
        {gate.passed.map((passed) => (
          <li key={passed.source} className={styles.row}>
            <SealBadge text={SEALS[passed.source] ?? '过'} tone="jade" size={30} />
            <div>
              <span className="unseen">{t('gatePassed')}: </span>
              {localized(passed.text)}
            </div>
          </li>
        ))}
        {gate.reasons.map((reason) => (
          <li key={`${reason.source} ${reason.code}`} className={styles.row} data-missing>
            <span className={styles.emptySeal} aria-hidden="true">
              {SEALS[reason.source] ?? '缺'}
            </span>
            <div>
              <span className="unseen">{t('gateMissing')}: </span>
              {localized(reason.text)}
              <p className={styles.remedy}>{localized(reason.fix)}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
