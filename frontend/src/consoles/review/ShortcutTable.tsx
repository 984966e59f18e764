import { useMessages } from '../../i18n/messages'
import styles from './CaseReview.module.css'
import { reviewMessages } from './messages'

const ROWS = [
  [['␣'], 'key_space'],
  [['←', '→'], 'key_arrows'],
  [[',', '.'], 'key_frames'],
  [['[', ']'], 'key_findings'],
  [['-', '+'], 'key_speed'],
  [['T'], 'key_take'],
  [['A'], 'key_approve'],
  [['R'], 'key_reject'],
  [['1', '…', '9'], 'key_reasons'],
  [['Ctrl+Enter'], 'key_send'],
  [['Esc'], 'key_close'],
  [['N'], 'key_next'],
  [['J', 'K'], 'key_cases'],
  [['B', 'G', 'M'], 'key_comfort'],
  [['?'], 'key_help'],
] as const

export function ShortcutTable() {
  const t = useMessages(reviewMessages)
  return (
    <dl className={styles.shortcuts}>
      {ROWS.map(([keys, action]) => (
        <div key={action}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{t(action)}</dd>
        </div>
      ))}
    </dl>
  )
}
