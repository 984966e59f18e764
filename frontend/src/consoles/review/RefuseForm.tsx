import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { deskMessages } from '../desk/messages'
import type { Code, Finding } from '../types'
import styles from './Decide.module.css'
import { reviewMessages } from './messages'

interface Given {
  start_ms: number | null
  end_ms: number | null
  note: string
}

/** A no: fixed reasons, each with its place in the film if it has one, and words to the creator. */
export function RefuseForm({
  label,
  positionMs,
  finding,
  sending,
  onSend,
  onCancel,
}: {
  label: string
  positionMs: number
  /** The finding that is being looked at: a new reason begins with its place. */
  finding: Finding | null
  sending: boolean
  onSend: (body: { reasons: (Given & { code: string })[]; note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(deskMessages)
  const words = useWords()
  const [given, setGiven] = useState<Record<string, Given>>({})
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const reasons = useQuery({
    queryKey: ['review-reasons'],
    queryFn: ({ signal }) => api.get<Code[]>('/review/reasons', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const none = Object.keys(given).length === 0
  const set = (code: string, change: Given | null) =>
    setGiven((before) => {
      const { [code]: _, ...rest } = before
      return change ? { ...rest, [code]: change } : rest
    })
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (none) return
        onSend({ reasons: Object.entries(given).map(([code, one]) => ({ code, ...one })), note })
      }}
    >
      <fieldset className={styles.reasons}>
        <legend>{t('reasons')}</legend>
        {reasons.data?.map((code) => {
          const one = given[code.code]
          return (
            <div key={code.code}>
              <Checkbox
                size="sm"
                color="cinnabar"
                label={words(code.text)}
                checked={one !== undefined}
                onChange={(event) =>
                  set(
                    code.code,
                    event.currentTarget.checked
                      ? {
                          start_ms: finding?.start_ms ?? null,
                          end_ms: finding?.end_ms ?? null,
                          note: '',
                        }
                      : null,
                  )
                }
              />
              {one && (
                <Place
                  given={one}
                  positionMs={positionMs}
                  onChange={(change) => set(code.code, change)}
                />
              )}
            </div>
          )
        })}
      </fieldset>
      {tried && none && (
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
      <div className={styles.deeds}>
        <Button type="submit" color="cinnabar" loading={sending}>
          {label}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}

function Place({
  given,
  positionMs,
  onChange,
}: {
  given: Given
  positionMs: number
  onChange: (given: Given) => void
}) {
  const t = useMessages(reviewMessages)
  const format = useFormat()
  const { start_ms: start, end_ms: end } = given
  return (
    <div className={styles.place}>
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
            ...given,
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
        onClick={() => onChange({ ...given, end_ms: positionMs })}
      >
        {t('until', { time: format.clock(positionMs) })}
      </Button>
      {start !== null && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChange({ ...given, start_ms: null, end_ms: null })}
        >
          {t('wholeFilm')}
        </Button>
      )}
      <TextInput
        size="xs"
        aria-label={t('reasonNote')}
        placeholder={t('reasonNote')}
        value={given.note}
        maxLength={500}
        onChange={(event) => onChange({ ...given, note: event.currentTarget.value })}
      />
    </div>
  )
}
