import type { ReactNode } from 'react'
import { useMessages } from '../i18n/messages'
import styles from './Account.module.css'
import { accountMessages } from './messages'

/** A link from a mail that does not work any more, and what to do instead. */
export function BadLink({ text, children }: { text?: string; children: ReactNode }) {
  const t = useMessages(accountMessages)
  return (
    <div className={styles.form}>
      <div role="alert">
        <h2>{t('linkBad')}</h2>
        <p className={styles.text}>{text ?? t('linkBadText')}</p>
      </div>
      {children}
    </div>
  )
}
