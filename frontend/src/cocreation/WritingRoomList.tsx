import { Link } from '@tanstack/react-router'
import { api, BY_CURSOR } from '../api/client'
import { withItems } from '../api/withItems'
import { useFormat } from '../i18n/format'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { cocreationMessages } from './messages'
import styles from './WritingRoomList.module.css'

/** The prompt books in which one writes; nothing at all while there are none. */
export function WritingRoomList() {
  const t = useMessages(cocreationMessages)
  const format = useFormat()
  const rooms = withItems(
    api.useInfiniteQuery('get', '/api/v1/writing', { params: { query: { limit: 10 } } }, BY_CURSOR),
  )
  const listed = rooms.items
  if (listed.length === 0) return null
  return (
    <section className={styles.rooms} aria-labelledby="my-rooms">
      <h2 id="my-rooms">{t('rooms')}</h2>
      <ul>
        {listed.map((room) => (
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
