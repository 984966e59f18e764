import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from '../shared/messages'
import type { Code, Finding } from '../types'
import styles from './DecisionPanel.module.css'
import { reviewMessages } from './messages'

interface ReasonDetails {
  start_ms: number | null
  end_ms: number | null
  note: string
}

/** A no: fixed reasons, each with its place in the film if it has one, and words to the creator. */
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
  /** The finding that is being looked at: a new reason begins with its place. */
  selectedFinding: Finding | null
  isSubmitting: boolean
  onSubmit: (body: { reasons: (ReasonDetails & { code: string })[]; note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(consoleMessages)
  const words = useWords()
  const [selected, setSelected] = useState<Record<string, ReasonDetails>>({})
  const [note, setNote] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const reasons = useQuery({
    queryKey: ['review-reasons'],
    queryFn: ({ signal }) => api.get<Code[]>('/review/reasons', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isEmpty = Object.keys(selected).length === 0
  const setReason = (code: string, change: ReasonDetails | null) =>
    setSelected((before) => {
      const { [code]: _, ...rest } = before
      return change ? { ...rest, [code]: change } : rest
    })
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (isEmpty) return
        onSubmit({
          reasons: Object.entries(selected).map(([code, one]) => ({ code, ...one })),
          note,
        })
      }}
    >
      <fieldset className={styles.reasons}>
        <legend>{t('reasons')}</legend>
        {reasons.data?.map((code) => {
          const one = selected[code.code]
          return (
            <div key={code.code}>
              <Checkbox
                size="sm"
                color="cinnabar"
                label={words(code.text)}
                checked={one !== undefined}
                onChange={(event) =>
                  setReason(
                    code.code,
                    event.currentTarget.checked
                      ? {
                          start_ms: selectedFinding?.start_ms ?? null,
                          end_ms: selectedFinding?.end_ms ?? null,
                          note: '',
                        }
                      : null,
                  )
                }
              />
              {one && (
                <ReasonSpan
                  selected={one}
                  positionMs={positionMs}
                  onChange={(change) => setReason(code.code, change)}
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
      <div className={styles.actions}>
        <Button type="submit" color="cinnabar" loading={isSubmitting}>
          {submitLabel}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}

function ReasonSpan({
  selected,
  positionMs,
  onChange,
}: {
  selected: ReasonDetails
  positionMs: number
  onChange: (selected: ReasonDetails) => void
}) {
  const t = useMessages(reviewMessages)
  const format = useFormat()
  const { start_ms: start, end_ms: end } = selected
  return (
    <div className={styles.reasonSpan}>
      <span className={styles.span}>
        {start === null
          ? t('wholeFilm')
          : t('spanOf', {
              span: `${format.clock(start)}${end === null ? '' : `–${format.clock(end)}`}`,
            })}
      </span>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() =>
          onChange({
            ...selected,
            start_ms: positionMs,
            end_ms: end !== null && end > positionMs ? end : null,
          })
        }
      >
        {t('here', { time: format.clock(positionMs) })}
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        disabled={start === null || positionMs <= start}
        onClick={() => onChange({ ...selected, end_ms: positionMs })}
      >
        {t('until', { time: format.clock(positionMs) })}
      </Button>
      {start !== null && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChange({ ...selected, start_ms: null, end_ms: null })}
        >
          {t('wholeFilm')}
        </Button>
      )}
      <TextInput
        size="xs"
        aria-label={t('reasonNote')}
        placeholder={t('reasonNote')}
        value={selected.note}
        maxLength={500}
        onChange={(event) => onChange({ ...selected, note: event.currentTarget.value })}
      />
    </div>
  )
}
