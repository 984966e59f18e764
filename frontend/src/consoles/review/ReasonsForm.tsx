import { Checkbox, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Finding, RejectBody } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { DecisionForm } from './DecisionControls'
import styles from './DecisionPanel.module.css'
import { reviewMessages } from './messages'
import { reviewReasonsQuery } from './queries'
import { type ReasonDetails, ReasonSpan } from './ReasonSpan'

/** A no: fixed reasons, each with its span of the film if it has one, and a note to the creator. */
export function ReasonsForm({
  submitLabel,
  positionMs,
  selectedFinding,
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  submitLabel: string
  positionMs: number
  /** A new reason begins with the span of this finding. */
  selectedFinding: Finding | null
  isSubmitting: boolean
  onSubmit: (body: RejectBody) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const [selected, setSelected] = useState<Record<string, ReasonDetails>>({})
  const [note, setNote] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const reasonList = useRef<HTMLFieldSetElement>(null)
  useEffect(() => reasonList.current?.querySelector('input')?.focus(), [])
  const reasons = useQuery(reviewReasonsQuery)
  const isEmpty = Object.keys(selected).length === 0

  const setReason = (code: string, details: ReasonDetails | null) =>
    setSelected((before) => {
      const { [code]: _, ...rest } = before
      return details ? { ...rest, [code]: details } : rest
    })
  const initialDetails = (): ReasonDetails => ({
    start_ms: selectedFinding?.start_ms ?? null,
    end_ms: selectedFinding?.end_ms ?? null,
    note: '',
  })

  return (
    <DecisionForm
      submitLabel={submitLabel}
      color="cinnabar"
      isSubmitting={isSubmitting}
      onSubmit={() => {
        setSubmitted(true)
        if (isEmpty) return
        onSubmit({
          reasons: Object.entries(selected).map(([code, details]) => ({ code, ...details })),
          note,
        })
      }}
      onCancel={onCancel}
    >
      <fieldset ref={reasonList} className={styles.reasons}>
        <legend>{t('reasons')}</legend>
        {reasons.data?.map(({ code, text }) => {
          const details = selected[code]
          return (
            <div key={code}>
              <Checkbox
                size="sm"
                color="cinnabar"
                label={localized(text)}
                checked={details !== undefined}
                onChange={(event) =>
                  setReason(code, event.currentTarget.checked ? initialDetails() : null)
                }
              />
              {details && (
                <ReasonSpan
                  details={details}
                  positionMs={positionMs}
                  onChange={(changed) => setReason(code, changed)}
                />
              )}
            </div>
          )
        })}
      </fieldset>
      {submitted && isEmpty && (
        <p role="alert" className={styles.missing}>
          {t('reasonNeeded')}
        </p>
      )}
      <Textarea
        label={t('noteToCreator')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={2}
      />
    </DecisionForm>
  )
}
