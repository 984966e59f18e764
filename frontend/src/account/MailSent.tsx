import { Link } from '@tanstack/react-router'
import { useMe } from '../api/me'
import { useMessages } from '../i18n/messages'
import styles from './Account.module.css'
import { accountMessages } from './messages'

/** A mail was sent: where to, what to do, and where the demo shows it. */
export function MailSent({ email, text }: { email: string; text?: string }) {
  const t = useMessages(accountMessages)
  const demo = useMe()?.demo
  return (
    <div className={styles.sent} role="status">
      <p>
        <strong>{t('mailSent', { email })}</strong>
      </p>
      <p>{text ?? t('mailSentText')}</p>
      {demo && (
        <p>
          {t('mailDemo')}{' '}
          <Link to="/demo/mails" target="_blank" className={styles.link}>
            {t('mailDemoLink')}
          </Link>
        </p>
      )}
    </div>
  )
}
