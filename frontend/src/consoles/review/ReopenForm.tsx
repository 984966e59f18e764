import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from '../../i18n/messages'
import { DecisionForm } from './DecisionControls'
import { reviewMessages } from './messages'

/** Reviews again what was taken down or sent back; the creator is told why. */
export function ReopenForm({
  submitLabel,
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  submitLabel: string
  isSubmitting: boolean
  onSubmit: (body: { note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const [note, setNote] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const isEmpty = note.trim() === ''
  return (
    <DecisionForm
      submitLabel={submitLabel}
      isSubmitting={isSubmitting}
      onSubmit={() => {
        setSubmitted(true)
        if (!isEmpty) onSubmit({ note })
      }}
      onCancel={onCancel}
    >
      <Textarea
        label={t('noteToCreator')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        error={submitted && isEmpty ? t('noteNeeded') : undefined}
        autosize
        minRows={2}
        autoFocus
      />
    </DecisionForm>
  )
}
