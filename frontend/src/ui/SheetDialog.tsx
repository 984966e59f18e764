import { type ReactNode, useEffect, useRef } from 'react'
import { useMessages } from '../i18n/messages'
import { Icon } from './Icon'
import { uiMessages } from './messages'
import styles from './SheetDialog.module.css'

/**
 * A sheet that slides in over the page: from below on a phone, from the side on a wide screen. It is
 * the browser's own modal dialog, which holds the focus, closes on Escape and gives it back.
 */
export function SheetDialog({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}) {
  const t = useMessages(uiMessages)
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too.
    <dialog
      ref={ref}
      className={styles.sheet}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close()
      }}
    >
      <div className={styles.body}>
        <header className={styles.head}>
          <h2>{title}</h2>
          <button type="button" className={styles.close} onClick={() => ref.current?.close()}>
            <Icon name="close" />
            <span className="unseen">{t('close')}</span>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
