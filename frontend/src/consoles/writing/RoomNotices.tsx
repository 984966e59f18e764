import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useMessages } from '../../i18n/messages'
import { writingMessages } from './messages'
import styles from './WritingPage.module.css'
import type { SyncStatus } from './WritingRoomProvider'

/** Asks before the page is left with unsaved text. */
export function UnsavedDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const t = useMessages(writingMessages)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div
      ref={box}
      role="alertdialog"
      aria-labelledby="leaving"
      aria-describedby="leaving-text"
      tabIndex={-1}
      className={styles.banner}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStay()
      }}
    >
      <strong id="leaving">{t('unsavedTitle')}</strong>
      <p id="leaving-text">{t('unsavedText')}</p>
      <div className={styles.dialogActions}>
        <Button onClick={onStay}>{t('unsavedStay')}</Button>
        <Button variant="default" onClick={onLeave}>
          {t('unsavedLeave')}
        </Button>
      </div>
    </div>
  )
}

/** Why the text can no longer be changed: one was removed from the room, or lost touch with it. */
export function LockedNotice({ connection }: { connection: SyncStatus['connection'] }) {
  const t = useMessages(writingMessages)
  return (
    <div role="alert" className={styles.banner}>
      <strong>{connection === 'gone' ? t('removed') : t('broken')}</strong>
      <p>{connection === 'gone' ? t('removedText') : t('brokenText')}</p>
      {connection === 'broken' && (
        <Button variant="default" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      )}
    </div>
  )
}
