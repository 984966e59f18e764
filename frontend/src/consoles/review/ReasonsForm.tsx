import { Checkbox, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Case, Finding, RejectBody } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { DecisionForm } from './DecisionControls'
import styles from './DecisionPanel.module.css'
import { reviewMessages } from './messages'
import { reviewReasonsQuery } from './queries'
import { type ReasonDetails, ReasonSpan } from './ReasonSpan'

export interface RefusalDraft {
  selected: Record<string, ReasonDetails>
  note: string
}

/** An appealed case begins with the reasons that are appealed, every other one empty. */
export function draftOf({ is_appealed, decision }: Case): RefusalDraft {
  const reasons = is_appealed ? (decision?.reasons ?? []) : []
  return {
    selected: Object.fromEntries(
      reasons.map(({ code, start_ms, end_ms, note }) => [code, { start_ms, end_ms, note }]),
    ),
    note: '',
  }
}

const MAX_NUMBER_KEYS = 9

/** A no: fixed reasons, each with its span of the film if it has one, and a note to the creator. */
export function ReasonsForm({
  submitLabel,
  positionMs,
  selectedFinding,
  draft: { selected, note },
  onDraft,
  openings,
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  submitLabel: string
  positionMs: number
  /** A new reason begins with the span of this finding. */
  selectedFinding: Finding | null
  draft: RefusalDraft
  onDraft: (change: (before: RefusalDraft) => RefusalDraft) => void
  /** Another number moves the focus to the first reason. */
  openings: number
  isSubmitting: boolean
  onSubmit: (body: RejectBody) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const [submitted, setSubmitted] = useState(false)
  const reasonList = useRef<HTMLFieldSetElement>(null)
  const reasons = useQuery(reviewReasonsQuery)
  const isLoaded = reasons.data !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: each opening asks for the focus anew.
  useEffect(() => {
    if (isLoaded) reasonList.current?.querySelector('input')?.focus()
  }, [isLoaded, openings])
  const isEmpty = Object.keys(selected).length === 0

  const setReason = (code: string, details: ReasonDetails | null) =>
    onDraft((before) => {
      const { [code]: _, ...rest } = before.selected
      return { ...before, selected: details ? { ...rest, [code]: details } : rest }
    })
  const initialDetails = (): ReasonDetails => ({
    start_ms: selectedFinding?.start_ms ?? null,
    end_ms: selectedFinding?.end_ms ?? null,
    note: '',
  })

  const submit = () => {
    setSubmitted(true)
    if (isEmpty) return
    onSubmit({
      reasons: Object.entries(selected).map(([code, details]) => ({ code, ...details })),
      note,
    })
  }

  return (
    <DecisionForm
      submitLabel={submitLabel}
      color="cinnabar"
      isSubmitting={isSubmitting}
      onSubmit={submit}
      onCancel={onCancel}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          submit()
        }
        const isTyping = (event.target as HTMLElement).matches('textarea, [type=text]')
        const numbered = reasons.data?.[Number(event.key) - 1]
        if (numbered && !isTyping && Number(event.key) <= MAX_NUMBER_KEYS) {
          setReason(numbered.code, selected[numbered.code] ? null : initialDetails())
        }
      }}
    >
      <fieldset ref={reasonList} className={styles.reasons}>
        <legend>{t('reasons')}</legend>
        {reasons.data?.map(({ code, text }, index) => {
          const details = selected[code]
          return (
            <div key={code}>
              <Checkbox
                size="sm"
                color="cinnabar"
                label={
                  <>
                    {localized(text)}
                    {index < MAX_NUMBER_KEYS && <span className={styles.number}>{index + 1}</span>}
                  </>
                }
                aria-label={localized(text)}
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
        onChange={(event) => {
          const { value } = event.currentTarget
          onDraft((before) => ({ ...before, note: value }))
        }}
        maxLength={2000}
        autosize
        minRows={2}
      />
    </DecisionForm>
  )
}
