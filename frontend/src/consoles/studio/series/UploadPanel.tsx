import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useMessages } from '../../../i18n/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { DeclarationForm } from './DeclarationForm'
import { LeftOutNote } from './LeftOutNote'
import styles from './UploadPanel.module.css'
import { UploadProgress } from './UploadProgress'
import { uploadMessages } from './uploadMessages'
import { formatSize } from './uploads'
import { useUpload } from './useUpload'

/** A creator's own film for an episode: sent piece by piece, declared, handed in. */
export function UploadPanel({ episodeId, seriesId }: { episodeId: string; seriesId: string }) {
  const t = useMessages(uploadMessages)
  const upload = useUpload(episodeId)
  const picker = useRef<HTMLInputElement>(null)
  const [wrongFile, setWrongFile] = useState<string | null>(null)
  const { state } = upload

  const chooseFile = (file: File | undefined) => {
    if (!file) return
    if (
      state.phase === 'begun' &&
      (file.name !== state.unfinished.filename || file.size !== state.unfinished.size)
    ) {
      setWrongFile(
        t('otherFile', {
          name: state.unfinished.filename,
          size: formatSize(state.unfinished.size),
        }),
      )
      return
    }
    setWrongFile(null)
    void upload.send(file)
  }

  return (
    <div className={styles.panel}>
      <input
        ref={picker}
        type="file"
        accept="video/mp4,.mp4,video/quicktime,.mov"
        hidden
        onChange={(event) => {
          chooseFile(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {state.phase === 'idle' && (
        <div className={styles.row}>
          <Button variant="default" onClick={() => picker.current?.click()}>
            {t('choose')}
          </Button>
          <p className={styles.hint}>{t('chooseHint')}</p>
        </div>
      )}
      {state.phase === 'begun' && (
        <div className={styles.stack}>
          <strong>
            {t('unfinishedTitle', {
              name: state.unfinished.filename,
              percent: Math.floor((state.sent / Math.max(1, state.unfinished.size)) * 100),
            })}
          </strong>
          <p className={styles.hint}>{t('unfinishedText')}</p>
          {wrongFile && (
            <p role="alert" className={styles.error}>
              {wrongFile}
            </p>
          )}
          <div className={styles.row}>
            <Button onClick={() => picker.current?.click()}>{t('chooseAgain')}</Button>
            <Button variant="default" onClick={() => void upload.discard()}>
              {t('discard')}
            </Button>
          </div>
        </div>
      )}
      {(state.phase === 'sending' || state.phase === 'paused' || state.phase === 'checking') && (
        <UploadProgress
          {...state}
          onPause={upload.pause}
          onResume={upload.resume}
          onDiscard={() => void upload.discard()}
        />
      )}
      {state.phase === 'stopped' && (
        <div className={styles.stack}>
          <p className={styles.status}>{t(upload.canResume ? 'sendFailed' : 'refused')}</p>
          <ProblemAlert error={state.problem} />
          <div className={styles.row}>
            {upload.canResume && <Button onClick={upload.resume}>{t('retry')}</Button>}
            <Button variant="default" onClick={() => void upload.discard()}>
              {t(upload.canResume ? 'discard' : 'again')}
            </Button>
          </div>
        </div>
      )}
      {state.phase === 'ready' && (
        <div className={styles.stack}>
          <LeftOutNote uploadId={state.uploadId} />
          <DeclarationForm
            episodeId={episodeId}
            seriesId={seriesId}
            uploadId={state.uploadId}
            filename={state.filename}
            onDone={() => void upload.clear()}
            onDiscard={() => void upload.discard()}
          />
        </div>
      )}
    </div>
  )
}
