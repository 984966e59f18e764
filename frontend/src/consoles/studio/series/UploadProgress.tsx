import { Button, Progress } from '@mantine/core'
import { useMessages } from '../../../i18n/messages'
import { useOnline } from '../../../ui/useOnline'
import styles from './UploadPanel.module.css'
import { uploadMessages } from './uploadMessages'
import { formatSize } from './uploads'

/** How much of a file has been sent, with pause, resume and discard until the server checks it. */
export function UploadProgress({
  phase,
  filename,
  sent,
  total,
  onPause,
  onResume,
  onDiscard,
}: {
  phase: 'sending' | 'paused' | 'checking'
  filename: string
  /** In bytes, like `total`. */
  sent: number
  total: number
  onPause: () => void
  onResume: () => void
  onDiscard: () => void
}) {
  const t = useMessages(uploadMessages)
  const online = useOnline()
  const isChecking = phase === 'checking'
  return (
    <div className={styles.stack}>
      <p className={styles.status} role="status">
        {phase === 'sending' ? t('sending', { name: filename }) : t(phase)}
      </p>
      <Progress
        value={(sent / Math.max(1, total)) * 100}
        striped={isChecking}
        animated={isChecking}
        aria-label={t('upload')}
        color="lamp"
      />
      <p className={styles.hint}>
        {t('sent', { done: formatSize(sent), total: formatSize(total) })}
        {!online && ` · ${t('offline')}`}
      </p>
      {!isChecking && (
        <div className={styles.row}>
          {phase === 'sending' ? (
            <Button variant="default" onClick={onPause}>
              {t('pause')}
            </Button>
          ) : (
            <Button onClick={onResume}>{t('resume')}</Button>
          )}
          <Button variant="default" onClick={onDiscard}>
            {t('discard')}
          </Button>
        </div>
      )}
    </div>
  )
}
