import { Button, Progress, Radio } from '@mantine/core'
import { useRef, useState } from 'react'
import { client } from '../../../api/client'
import type { AiDeclaration } from '../../../api/types'
import { useIdempotentMutation } from '../../../api/useIdempotentMutation'
import { useMessages } from '../../../i18n/messages'
import { showToast } from '../../../ui/Toast'
import { useOnline } from '../../../ui/useOnline'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { studioSeriesQuery } from '../queries'
import styles from './UploadPanel.module.css'
import { uploadMessages } from './uploadMessages'
import { formatSize } from './uploads'
import { useUpload } from './useUpload'

/** A film of one's own for an episode: sent piece by piece, declared, handed in. */
export function UploadPanel({ episodeId, seriesId }: { episodeId: string; seriesId: string }) {
  const t = useMessages(uploadMessages)
  const upload = useUpload(episodeId)
  const online = useOnline()
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
            {t('waitingTitle', {
              name: state.unfinished.filename,
              percent: Math.floor((state.sent / Math.max(1, state.unfinished.size)) * 100),
            })}
          </strong>
          <p className={styles.hint}>{t('waitingText')}</p>
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
        <div className={styles.stack}>
          <p className={styles.status} role="status">
            {state.phase === 'checking'
              ? t('checking')
              : state.phase === 'paused'
                ? t('paused')
                : t('sending', { name: state.filename })}
          </p>
          <Progress
            value={(state.sent / Math.max(1, state.total)) * 100}
            striped={state.phase === 'checking'}
            animated={state.phase === 'checking'}
            aria-label={t('upload')}
            color="lamp"
          />
          <p className={styles.hint}>
            {t('sent', { done: formatSize(state.sent), total: formatSize(state.total) })}
            {!online && ` · ${t('offline')}`}
          </p>
          {state.phase !== 'checking' && (
            <div className={styles.row}>
              {state.phase === 'sending' ? (
                <Button variant="default" onClick={upload.pause}>
                  {t('pause')}
                </Button>
              ) : (
                <Button onClick={upload.resume}>{t('resume')}</Button>
              )}
              <Button variant="default" onClick={() => void upload.discard()}>
                {t('discard')}
              </Button>
            </div>
          )}
        </div>
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
        <DeclarationForm
          episodeId={episodeId}
          seriesId={seriesId}
          uploadId={state.uploadId}
          filename={state.filename}
          onDone={() => void upload.clear()}
          onDiscard={() => void upload.discard()}
        />
      )}
    </div>
  )
}

function DeclarationForm({
  episodeId,
  seriesId,
  uploadId,
  filename,
  onDone,
  onDiscard,
}: {
  episodeId: string
  seriesId: string
  uploadId: string
  filename: string
  onDone: () => void
  onDiscard: () => void
}) {
  const t = useMessages(uploadMessages)
  const [declaration, setDeclaration] = useState<AiDeclaration | ''>('')
  const [submitted, setSubmitted] = useState(false)
  const submitCut = useIdempotentMutation(
    (body: { upload_id: string; ai_declaration: AiDeclaration }, header) =>
      client.POST('/api/v1/episodes/{episode_id}/cuts', {
        params: { path: { episode_id: episodeId }, header },
        body,
      }),
    {
      invalidates: [studioSeriesQuery(seriesId).queryKey],
      onSuccess: () => {
        showToast(t('submitted'))
        onDone()
      },
    },
  )
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (declaration) submitCut.mutate({ upload_id: uploadId, ai_declaration: declaration })
      }}
    >
      <strong>{t('ready', { name: filename })}</strong>
      <Radio.Group
        label={t('declareTitle')}
        description={t('duty')}
        value={declaration}
        onChange={(value) => setDeclaration(value as AiDeclaration)}
        error={submitted && !declaration ? t('declareNeeded') : undefined}
      >
        <div className={styles.choices}>
          {(['ai', 'not_ai', 'unknown'] as const).map((value) => (
            <Radio key={value} value={value} label={t(`declare_${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <ProblemAlert error={submitCut.error} />
      <div className={styles.row}>
        <Button type="submit" loading={submitCut.isPending}>
          {t('submit')}
        </Button>
        <Button variant="default" onClick={onDiscard}>
          {t('discard')}
        </Button>
      </div>
    </form>
  )
}
