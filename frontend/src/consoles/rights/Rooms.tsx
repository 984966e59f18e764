import { Link } from '@tanstack/react-router'
import { useMessages } from '../../i18n/messages'
import { rightsMessages } from './messages'
import styles from './Rooms.module.css'

const ROOMS = [
  { room: 'claims', path: '/rights' },
  { room: 'blocks', path: '/rights/blocks' },
] as const

/** The two rooms of the copyright desk; the link of the present one says so itself. */
export function Rooms() {
  const t = useMessages(rightsMessages)
  return (
    <nav className={styles.rooms} aria-label={t('rooms')}>
      {ROOMS.map(({ room, path }) => (
        <Link key={room} to={path} activeOptions={{ exact: true }}>
          {t(room)}
        </Link>
      ))}
    </nav>
  )
}
