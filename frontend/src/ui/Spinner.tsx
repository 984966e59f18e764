import { useMessages } from '../i18n/messages'
import { uiMessages } from './messages'
import styles from './Spinner.module.css'

/** Waiting: a lamp being lit, with a word; `small` keeps the word for screen readers. */
export function Spinner({ label, small = false }: { label?: string; small?: boolean }) {
  const t = useMessages(uiMessages)
  return (
    <div className={`${styles.spinner} ${small ? styles.small : ''}`} role="status">
      <span className={styles.flame} aria-hidden="true" />
      <span className={small ? 'unseen' : styles.label}>{label ?? t('loading')}</span>
    </div>
  )
}
