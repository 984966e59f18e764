import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../i18n/format'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import styles from './MyRooms.module.css'
import { togetherMessages } from './messages'
import { roomsQuery } from './queries'

/** The prompt books in which one writes; nothing at all while there are none. */
export function MyRooms() {
  const t = useMessages(togetherMessages)
  const format = useFormat()
  const rooms = useInfiniteQuery(roomsQuery)
  const found = rooms.data?.pages.flatMap((page) => page.results) ?? []
  if (found.length === 0) return null
  return (
    <section className={styles.rooms} aria-labelledby="my-rooms">
      <h2 id="my-rooms">{t('rooms')}</h2>
      <ul>
        {found.map((room) => (
          <li key={room.id}>
            <Link to="/studio/writing/$seriesId" params={{ seriesId: room.series.id }}>
              <span lang={langOf(room.series.language)}>{room.series.title}</span>
              <small>
                {t('roomNote', {
                  name: room.maker.display_name,
                  n: room.writers,
                  when: format.ago(room.changed_at),
                })}
              </small>
            </Link>
          </li>
        ))}
      </ul>
      {rooms.hasNextPage && (
        <Button look="quiet" onClick={() => void rooms.fetchNextPage()}>
          {t('moreRooms')}
        </Button>
      )}
    </section>
  )
}
