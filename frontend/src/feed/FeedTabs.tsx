import { Link } from '@tanstack/react-router'
import { appMessages } from '../app/messages'
import { useMessages } from '../i18n/messages'
import styles from './FeedTabs.module.css'

/** What to watch from: those one follows, what is on now, the whole theatre. */
export function FeedTabs() {
  const t = useMessages(appMessages)
  return (
    <nav className={styles.tabs} aria-label={t('tabs')}>
      <Link to="/following">{t('following')}</Link>
      <Link to="/" activeOptions={{ exact: true }}>
        {t('now')}
      </Link>
      <Link to="/theatre">{t('theatre')}</Link>
    </nav>
  )
}
