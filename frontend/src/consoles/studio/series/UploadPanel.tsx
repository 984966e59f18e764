import { Button, Progress, Radio } from '@mantine/core'
import { useRef, useState } from 'react'
import { useMessages } from '../../../i18n/messages'
import { notify } from '../../../ui/Notice'
import { useOnline } from '../../../ui/useMedia'
import { Refusal } from '../../desk/Refusal'
import { useAct } from '../../desk/useAct'
import type { AiDeclaration, Cut } from '../../types'
import styles from './UploadPanel.module.css'
import { uploadMessages } from './uploadMessages'
import { sizeWords } from './uploads'
import { useUpload } from './useUpload'

/** A film of one's own for an episode: sent piece by piece, declared, handed in. */
export function UploadPanel({ episodeId, seriesId }: { episodeId: string; seriesId: string }) {
  const t = useMessages(uploadMessages)
  const upload = useUpload(episodeId)
  const online = useOnline()
  const picker = useRef<HTMLInputElement>(null)
  const [other, setOther] = useState<string | null>(null)
  const { state } = upload

  const choose = (file: File | undefined) => {
    if (!file) return
    if (
      state.phase === 'begun' &&
      (file.name !== state.begun.filename || file.size !== state.begun.size)
    ) {
      setOther(t('otherFile', { name: state.begun.filename, size: sizeWords(state.begun.size) }))
      return
    }
    setOther(null)
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
          choose(event.currentTarget.files?.[0])
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
              name: state.begun.filename,
              percent: Math.floor((state.sent / Math.max(1, state.begun.size)) * 100),
            })}
          </strong>
          <p className={styles.hint}>{t('waitingText')}</p>
          {other && (
            <p role="alert" className={styles.wrong}>
              {other}
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
            {t('sent', { done: sizeWords(state.sent), total: sizeWords(state.total) })}
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
          <p className={styles.status}>{t(upload.canGoOn ? 'sendFailed' : 'refused')}</p>
          <Refusal error={state.problem} />
          <div className={styles.row}>
            {upload.canGoOn && <Button onClick={upload.resume}>{t('retry')}</Button>}
            <Button variant="default" onClick={() => void upload.discard()}>
              {t(upload.canGoOn ? 'discard' : 'again')}
            </Button>
          </div>
        </div>
      )}
      {state.phase === 'ready' && (
        <Declaration
          episodeId={episodeId}
          seriesId={seriesId}
          uploadId={state.uploadId}
          filename={state.filename}
          onDone={() => void upload.done()}
          onDiscard={() => void upload.discard()}
        />
      )}
    </div>
  )
}

function Declaration({
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
  const [declared, setDeclared] = useState<AiDeclaration | ''>('')
  const [tried, setTried] = useState(false)
  const handIn = useAct<Cut>({
    refresh: [['studio-series', seriesId]],
    onDone: () => {
      notify(t('submitted'))
      onDone()
    },
  })
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (declared)
          handIn.mutate({
            path: `/episodes/${episodeId}/cuts`,
            body: { upload_id: uploadId, ai_declaration: declared },
          })
      }}
    >
      <strong>{t('ready', { name: filename })}</strong>
      <Radio.Group
        label={t('declareTitle')}
        description={t('duty')}
        value={declared}
        onChange={(value) => setDeclared(value as AiDeclaration)}
        error={tried && !declared ? t('declareNeeded') : undefined}
      >
        <div className={styles.choices}>
          {(['ai', 'not_ai', 'unknown'] as const).map((value) => (
            <Radio key={value} value={value} label={t(`declare_${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <Refusal error={handIn.error} />
      <div className={styles.row}>
        <Button type="submit" loading={handIn.isPending}>
          {t('submit')}
        </Button>
        <Button variant="default" onClick={onDiscard}>
          {t('discard')}
        </Button>
      </div>
    </form>
  )
}
