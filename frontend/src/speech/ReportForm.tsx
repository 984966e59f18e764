import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { showToast } from '../ui/Toast'
import styles from './CommentSheet.module.css'
import { speechMessages } from './messages'
import { speechReasonsQuery } from './queries'
import { SubmitError } from './TextFieldNotes'

/** Why something that is shown should not be. */
export function ReportForm({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useMessages(speechMessages)
  const localized = useLocalizedText()
  const [reason, setReason] = useState('abuse')
  const [note, setNote] = useState('')
  const reasons = useQuery(speechReasonsQuery)
  const report = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/speech/{speech_id}/report', {
        params: { path: { speech_id: id } },
        body: { reason, note },
      }),
    onSuccess: () => {
      showToast(t('reported'))
      onClose()
    },
  })
  return (
    <form
      className={styles.reportForm}
      onSubmit={(event) => {
        event.preventDefault()
        report.mutate()
      }}
    >
      <label>
        {t('reportWhy')}
        <select value={reason} onChange={(event) => setReason(event.currentTarget.value)}>
          {reasons.data?.map((code) => (
            <option key={code.code} value={code.code}>
              {localized(code.text)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('reportNote')}
        <input
          value={note}
          maxLength={300}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      <SubmitError error={report.error ?? reasons.error} />
      <div className={styles.formActions}>
        <Button type="submit" look="line" disabled={report.isPending || !reasons.data}>
          {t('reportSend')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
