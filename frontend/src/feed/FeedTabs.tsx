import { Link } from '@tanstack/react-router'
import { useMessages } from '../i18n/messages'
import styles from './FeedTabs.module.css'
import { feedMessages } from './messages'

/** What to watch from: followed creators, the feed, the browse page. */
export function FeedTabs() {
  const t = useMessages(feedMessages)
  return (
    <nav className={styles.tabs} aria-label={t('tabs')}>
      <Link to="/following">{t('tabFollowing')}</Link>
      <Link to="/" activeOptions={{ exact: true }}>
        {t('tabNow')}
      </Link>
      <Link to="/theatre">{t('tabTheatre')}</Link>
    </nav>
  )
}
