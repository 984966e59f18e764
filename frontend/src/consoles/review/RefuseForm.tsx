import { Textarea } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { LocalizedText } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { DecisionForm } from './DecisionControls'
import styles from './SpeechPage.module.css'
import { speechMessages } from './speechMessages'

const MAX_NUMBER_KEYS = 9

interface ReasonOption {
  code: string
  text: LocalizedText
}

/** One fixed reason, chosen by its number too, and a note. Ctrl+Enter sends, Escape closes. */
export function RefuseForm({
  reasons,
  defaultReason,
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  reasons: UseQueryResult<ReasonOption[]>
  defaultReason: string
  isSubmitting: boolean
  onSubmit: (body: { reason: string; note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(speechMessages)
  const localized = useLocalizedText()
  const [reason, setReason] = useState(defaultReason)
  const [note, setNote] = useState('')
  const submit = () => onSubmit({ reason, note })
  return (
    <DecisionForm
      submitLabel={t('confirm')}
      color="cinnabar"
      isSubmitting={isSubmitting}
      disabled={!reasons.data}
      onSubmit={submit}
      onCancel={onCancel}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
        const numbered = reasons.data?.[Number(event.key) - 1]
        if (numbered && !(event.target instanceof HTMLTextAreaElement)) setReason(numbered.code)
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          submit()
        }
      }}
    >
      <fieldset className={styles.reasons}>
        <legend>{t('reason')}</legend>
        {reasons.data?.map(({ code, text }, index) => (
          <label key={code}>
            <input
              type="radio"
              name="reason"
              value={code}
              // biome-ignore lint/a11y/noAutofocus: the user just opened this form.
              autoFocus={index === 0}
              checked={reason === code}
              onChange={() => setReason(code)}
            />
            <span>{localized(text)}</span>
            {index < MAX_NUMBER_KEYS && <span className={styles.number}>{index + 1}</span>}
          </label>
        ))}
      </fieldset>
      <ProblemAlert error={reasons.error} />
      <Textarea
        label={t('note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={300}
        autosize
        minRows={2}
      />
    </DecisionForm>
  )
}
