import { Button, NumberInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Problem } from '../../../api/problem'
import type { PremiereCard } from '../../../api/types'
import { useFormat } from '../../../i18n/format'
import { useWords } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { notify } from '../../../ui/Notice'
import { Failed, Lamp } from '../../../ui/State'
import { Refusal } from '../../desk/Refusal'
import { useAct } from '../../desk/useAct'
import { usePages } from '../../desk/usePages'
import styles from './Premieres.module.css'
import { premiereMessages } from './premiereMessages'

const OPEN = new Set(['scheduled', 'playing', 'voting'])
const LOOK_AGAIN_MS = 10_000

/** The premieres of one's own series: the next one, a form for it, and those that were. */
export function Premieres({ seriesId, shown }: { seriesId: string; shown: boolean }) {
  const t = useMessages(premiereMessages)
  const words = useWords()
  const format = useFormat()
  const path = `/studio/series/${seriesId}/premieres`
  const list = usePages<PremiereCard>(path, {}, { refetchInterval: LOOK_AGAIN_MS })
  if (list.isPending) return <Lamp small />
  if (list.isError)
    return <Failed level={2} error={list.error} onRetry={() => void list.refetch()} />
  const next = list.items.find((one) => OPEN.has(one.phase))
  const past = list.items.filter((one) => !OPEN.has(one.phase))
  return (
    <>
      <p className={styles.soft}>{t('text')}</p>
      {next ? (
        <Next premiere={next} path={path} />
      ) : shown ? (
        <Schedule path={path} />
      ) : (
        <p className={styles.soft}>{t('shownFirst')}</p>
      )}
      {past.length > 0 && (
        <details className={styles.past}>
          <summary>{t('past')}</summary>
          <ul>
            {past.map((one) => (
              <li key={one.id}>
                <Link to="/premiere/$premiereId" params={{ premiereId: one.id }}>
                  {format.dateTime(one.starts_at)}
                </Link>
                <span>{one.ending ? words(one.ending) : t(`phase_${one.phase}`)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Next({ premiere, path }: { premiere: PremiereCard; path: string }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const [asked, setAsked] = useState(false)
  const cancel = useAct<PremiereCard>({
    refresh: [[path], ['premieres']],
    onDone: () => notify(t('cancelled')),
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
        {premiere.present > 0 && (
          <span>{t(running ? 'watching' : 'seated', { n: format.count(premiere.present) })}</span>
        )}
      </div>
      <div className={styles.deeds}>
        <Link
          to="/premiere/$premiereId"
          params={{ premiereId: premiere.id }}
          className={styles.link}
        >
          {t('goThere')}
        </Link>
        {asked ? (
          <>
            <span role="alert">{t('cancelSure')}</span>
            <Button
              color="cinnabar"
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ path: `/studio/premieres/${premiere.id}/cancel` })}
            >
              {t('cancel')}
            </Button>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('keep')}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setAsked(true)}>
            {t('cancel')}
          </Button>
        )}
      </div>
      <Refusal error={cancel.error} />
    </div>
  )
}

function Schedule({ path }: { path: string }) {
  const t = useMessages(premiereMessages)
  const [date, setDate] = useState(() =>
    new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
  )
  const [time, setTime] = useState('20:00')
  const [seconds, setSeconds] = useState<string | number>(20)
  const [tried, setTried] = useState(false)
  const schedule = useAct<PremiereCard>({
    refresh: [[path], ['premieres']],
    onDone: () => notify(t('scheduled')),
  })
  const { error } = schedule
  const fault = (field: string) =>
    error instanceof Problem ? error.errors.find((one) => one.field === field)?.message : undefined
  const needed = (text: string) => (tried && text === '' ? t('needed') : undefined)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!date || !time || seconds === '') return
        // Times of the house are Asia/Shanghai's, which knows no summer time.
        schedule.mutate({
          path,
          body: { starts_at: `${date}T${time}:00+08:00`, vote_seconds: Number(seconds) },
        })
      }}
    >
      <TextInput
        type="date"
        label={t('date')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
        error={needed(date)}
      />
      <TextInput
        type="time"
        label={t('time')}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
        error={needed(time) ?? fault('starts_at')}
      />
      <NumberInput
        label={t('seconds')}
        description={t('secondsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={seconds}
        onChange={setSeconds}
        allowDecimal={false}
        allowNegative={false}
        error={needed(String(seconds)) ?? fault('vote_seconds')}
      />
      <Button type="submit" loading={schedule.isPending}>
        {t('schedule')}
      </Button>
      <div className={styles.refusal}>
        <Refusal error={error} />
      </div>
    </form>
  )
}
