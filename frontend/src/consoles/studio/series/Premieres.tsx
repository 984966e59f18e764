import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, BY_CURSOR, client, queryKeyOf } from '../../../api/client'
import { fieldError } from '../../../api/fieldError'
import type { PremiereBody, PremiereCard } from '../../../api/types'
import { useIdempotentMutation } from '../../../api/useIdempotentMutation'
import { withItems } from '../../../api/withItems'
import { useFormat } from '../../../i18n/format'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { ErrorState } from '../../../ui/ErrorState'
import { Spinner } from '../../../ui/Spinner'
import { showToast } from '../../../ui/Toast'
import { ProblemAlert } from '../../shared/ProblemAlert'
import styles from './Premieres.module.css'
import { premiereMessages } from './premiereMessages'

const OPEN_PHASES = new Set(['scheduled', 'playing', 'voting'])
const REFETCH_MS = 10_000

/** The owner's list and the public one. */
const PREMIERE_LIST_KEYS = [
  queryKeyOf('/api/v1/studio/series/{series_id}/premieres'),
  queryKeyOf('/api/v1/premieres'),
]

/** The premieres of a creator's series: the next one, a form for it, and those that were. */
export function Premieres({ seriesId, isPublished }: { seriesId: string; isPublished: boolean }) {
  const t = useMessages(premiereMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/studio/series/{series_id}/premieres',
      { params: { path: { series_id: seriesId } } },
      { ...BY_CURSOR, refetchInterval: REFETCH_MS },
    ),
  )
  if (list.isPending) return <Spinner small />
  if (list.isError)
    return <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
  const next = list.items.find((premiere) => OPEN_PHASES.has(premiere.phase))
  const past = list.items.filter((premiere) => !OPEN_PHASES.has(premiere.phase))
  return (
    <>
      <p className={styles.muted}>{t('text')}</p>
      {next ? (
        <NextPremiere premiere={next} />
      ) : isPublished ? (
        <ScheduleForm seriesId={seriesId} />
      ) : (
        <p className={styles.muted}>{t('shownFirst')}</p>
      )}
      {past.length > 0 && (
        <details className={styles.past}>
          <summary>{t('past')}</summary>
          <ul>
            {past.map((premiere) => (
              <li key={premiere.id}>
                <Link to="/premiere/$premiereId" params={{ premiereId: premiere.id }}>
                  {format.dateTime(premiere.starts_at)}
                </Link>
                <span>
                  {premiere.ending ? localized(premiere.ending) : t(`phase_${premiere.phase}`)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function NextPremiere({ premiere }: { premiere: PremiereCard }) {
  const t = useMessages(premiereMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const [isConfirming, setIsConfirming] = useState(false)
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/studio/premieres/{premiere_id}/cancel', {
        params: { path: { premiere_id: premiere.id } },
      }),
    onSuccess: () => showToast(t('cancelled')),
    onSettled: () => {
      for (const queryKey of PREMIERE_LIST_KEYS) void queryClient.invalidateQueries({ queryKey })
    },
  })
  const running = premiere.phase !== 'scheduled'
  return (
    <div className={styles.next}>
      <div className={styles.facts}>
        <strong>{t('at', { when: format.dateTime(premiere.starts_at) })}</strong>
        <span className={styles.phase} data-live={running || undefined}>
          {t(`phase_${premiere.phase}`)}
        </span>
        <span>{t('vote', { n: premiere.vote_seconds })}</span>
        <span>{localized(premiere.vote_rule_text)}</span>
        {premiere.present > 0 && (
          <span>{t(running ? 'watching' : 'seated', { n: format.count(premiere.present) })}</span>
        )}
      </div>
      <div className={styles.actions}>
        <Link
          to="/premiere/$premiereId"
          params={{ premiereId: premiere.id }}
          className={styles.link}
        >
          {t('goThere')}
        </Link>
        {isConfirming ? (
          <>
            <span role="alert">{t('cancelSure')}</span>
            <Button color="cinnabar" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('cancel')}
            </Button>
            <Button variant="default" onClick={() => setIsConfirming(false)}>
              {t('keep')}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setIsConfirming(true)}>
            {t('cancel')}
          </Button>
        )}
      </div>
      <ProblemAlert error={cancel.error} />
    </div>
  )
}

function ScheduleForm({ seriesId }: { seriesId: string }) {
  const t = useMessages(premiereMessages)
  const [date, setDate] = useState(() =>
    new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
  )
  const [time, setTime] = useState('20:00')
  const [seconds, setSeconds] = useState<string | number>(20)
  const [rule, setRule] = useState<PremiereCard['vote_rule']>('open')
  const [submitted, setSubmitted] = useState(false)
  const schedule = useIdempotentMutation(
    (body: PremiereBody, header) =>
      client.POST('/api/v1/studio/series/{series_id}/premieres', {
        params: { path: { series_id: seriesId }, header },
        body,
      }),
    { invalidates: PREMIERE_LIST_KEYS, onSuccess: () => showToast(t('scheduled')) },
  )
  const { error } = schedule
  const errorOf = (field: string) => fieldError(error, field)
  const requiredError = (text: string) => (submitted && text === '' ? t('needed') : undefined)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (!date || !time || seconds === '') return
        // The platform's times are Asia/Shanghai's, which knows no summer time.
        schedule.mutate({
          starts_at: `${date}T${time}:00+08:00`,
          vote_seconds: Number(seconds),
          vote_rule: rule,
        })
      }}
    >
      <TextInput
        type="date"
        label={t('date')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
        error={requiredError(date)}
      />
      <TextInput
        type="time"
        label={t('time')}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
        error={requiredError(time) ?? errorOf('starts_at')}
      />
      <NumberInput
        label={t('seconds')}
        description={t('secondsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={seconds}
        onChange={setSeconds}
        allowDecimal={false}
        allowNegative={false}
        error={requiredError(String(seconds)) ?? errorOf('vote_seconds')}
      />
      <NativeSelect
        label={t('rule')}
        description={t('ruleHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[
          { value: 'open', label: t('rule_open') },
          { value: 'accounts', label: t('rule_accounts') },
        ]}
        value={rule}
        onChange={(event) =>
          setRule(event.currentTarget.value === 'accounts' ? 'accounts' : 'open')
        }
      />
      <Button type="submit" loading={schedule.isPending}>
        {t('schedule')}
      </Button>
      <div className={styles.problem}>
        <ProblemAlert error={error} />
      </div>
    </form>
  )
}
