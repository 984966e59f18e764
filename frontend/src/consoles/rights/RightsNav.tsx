import { Link } from '@tanstack/react-router'
import { useMessages } from '../../i18n/messages'
import { rightsMessages } from './messages'
import styles from './RightsNav.module.css'

const PAGES = [
  { room: 'claims', path: '/rights' },
  { room: 'blocks', path: '/rights/blocks' },
] as const

/** The two pages of the copyright console; the link of the present one says so itself. */
export function RightsNav() {
  const t = useMessages(rightsMessages)
  return (
    <nav className={styles.nav} aria-label={t('navigation')}>
      {PAGES.map(({ room: page, path }) => (
        <Link key={page} to={path} activeOptions={{ exact: true }}>
          {t(page)}
        </Link>
      ))}
    </nav>
  )
}
