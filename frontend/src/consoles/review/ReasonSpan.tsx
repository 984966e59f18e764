import { Button, TextInput } from '@mantine/core'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import styles from './DecisionPanel.module.css'
import { reviewMessages } from './messages'

export interface ReasonDetails {
  /** Both null: the whole film. */
  start_ms: number | null
  end_ms: number | null
  note: string
}

/** Where in the film a reason applies, set from the present position, and a note on it. */
export function ReasonSpan({
  details,
  positionMs,
  onChange,
}: {
  details: ReasonDetails
  positionMs: number
  onChange: (details: ReasonDetails) => void
}) {
  const t = useMessages(reviewMessages)
  const format = useFormat()
  const { start_ms: start, end_ms: end } = details
  const span =
    start === null
      ? t('wholeFilm')
      : t('spanOf', {
          span: `${format.clock(start)}${end === null ? '' : `–${format.clock(end)}`}`,
        })
  return (
    <div className={styles.reasonSpan}>
      <span className={styles.span}>{span}</span>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() =>
          onChange({
            ...details,
            start_ms: positionMs,
            end_ms: end !== null && end > positionMs ? end : null,
          })
        }
      >
        {t('setStart', { time: format.clock(positionMs) })}
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        disabled={start === null || positionMs <= start}
        onClick={() => onChange({ ...details, end_ms: positionMs })}
      >
        {t('setEnd', { time: format.clock(positionMs) })}
      </Button>
      {start !== null && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChange({ ...details, start_ms: null, end_ms: null })}
        >
          {t('wholeFilm')}
        </Button>
      )}
      <TextInput
        size="xs"
        aria-label={t('reasonNote')}
        placeholder={t('reasonNote')}
        value={details.note}
        maxLength={500}
        onChange={(event) => onChange({ ...details, note: event.currentTarget.value })}
      />
    </div>
  )
}
