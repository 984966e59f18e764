import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../api/me'
import type { WritingRoom } from '../../api/types'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { CreateProject } from './CreateProject'
import { Editor } from './Editor'
import { writingMessages } from './messages'
import { versionListKey, writingRoomQuery } from './queries'
import { LockedNotice, UnsavedDialog } from './RoomNotices'
import { CollaboratorNames, SaveStatus } from './SaveStatus'
import { useUnsavedBlocker } from './useUnsavedBlocker'
import { useWritingRoom } from './useWritingRoom'
import { VersionList } from './VersionList'
import { WriterList } from './WriterList'
import styles from './WritingPage.module.css'

/** An open writing room: the text, whether it is saved, who writes, and its versions. */
export function WritingRoomView({ room }: { room: WritingRoom }) {
  const t = useMessages(writingMessages)
  const queryClient = useQueryClient()
  const [selected, setSelected] = useState('')
  const me = useMe()?.user
  const { book, status, collaborators, length } = useWritingRoom(room.id, me?.id, () => {
    void queryClient.invalidateQueries({ queryKey: writingRoomQuery(room.series.id).queryKey })
    void queryClient.invalidateQueries({ queryKey: versionListKey(room.id) })
  })
  const isLocked = status.connection === 'gone' || status.connection === 'broken'
  const navigationBlock = useUnsavedBlocker(status)
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <header className={styles.header}>
        <h1>
          <span lang={langOf(room.series.language)}>{t('book', { title: room.series.title })}</span>
        </h1>
        {room.may_manage && (
          <Link
            to="/studio/series/$seriesId"
            params={{ seriesId: room.series.id }}
            className={styles.link}
          >
            {t('toSeries')}
          </Link>
        )}
      </header>
      <div className={styles.columns}>
        <section className={styles.main}>
          {isLocked && <LockedNotice connection={status.connection} />}
          {navigationBlock.status === 'blocked' && (
            <UnsavedDialog onStay={navigationBlock.reset} onLeave={navigationBlock.proceed} />
          )}
          {book && (
            <Editor
              book={book}
              label={t('editor')}
              hint={t('placeholder')}
              language={langOf(room.series.language)}
              locked={isLocked || !status.ready}
              onSelect={setSelected}
            />
          )}
          <footer className={styles.footer}>
            <SaveStatus status={status} collaborators={collaborators} />
            <span className={styles.length} data-full={length > room.max_text_length || undefined}>
              {t('length', { n: length, most: room.max_text_length })}
            </span>
          </footer>
          {collaborators.length > 0 && <CollaboratorNames collaborators={collaborators} />}
          {room.may_manage && (
            <CreateProject
              roomId={room.id}
              selection={selected.trim()}
              disabled={!status.saved || !status.ready || length === 0}
            />
          )}
        </section>
        <aside className={styles.sidebar}>
          <WriterList room={room} />
          <VersionList roomId={room.id} ready={status.ready && status.saved && !isLocked} />
        </aside>
      </div>
    </main>
  )
}
