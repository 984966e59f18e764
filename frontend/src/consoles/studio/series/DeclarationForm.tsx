import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../../api/client'
import type { AiDeclaration } from '../../../api/types'
import { useIdempotentMutation } from '../../../api/useIdempotentMutation'
import { useMessages } from '../../../i18n/messages'
import { showToast } from '../../../ui/Toast'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { studioSeriesQuery } from '../queries'
import styles from './UploadPanel.module.css'
import { uploadMessages } from './uploadMessages'

/** Declares whether an uploaded film is AI-made, and hands it in as the episode's next Cut. */
export function DeclarationForm({
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
        description={t('declareHint')}
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
