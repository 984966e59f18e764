import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { deskMessages } from '../desk/messages'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { Code, Remark } from '../types'
import styles from './RemarksPage.module.css'
import { remarkMessages } from './remarkMessages'
import { useKeys } from './useKeys'
import { REMARKS } from './useRemarks'

/** One remark with where it was said, what the check saw, who doubts it; and the decision. */
export function RemarkDesk({
  remark,
  onStep,
  onDecided,
}: {
  remark: Remark
  onStep: (by: 1 | -1) => void
  onDecided: (decided: Remark) => void
}) {
  const t = useMessages(remarkMessages)
  const words = useWords()
  const format = useFormat()
  const [refusing, setRefusing] = useState(false)
  const decide = useAct<Remark>({ refresh: [[REMARKS]], onDone: onDecided })
  const { state, episode } = remark
  const mayShow =
    remark.may_decide && state !== 'withdrawn' && (state !== 'shown' || remark.reports.length > 0)
  const mayRefuse =
    remark.may_decide && (state === 'held' || state === 'shown' || state === 'checking')
  const show = () => {
    if (mayShow && !decide.isPending) decide.mutate({ path: `${REMARKS}/${remark.id}/show` })
  }
  useKeys({
    j: () => onStep(1),
    k: () => onStep(-1),
    ArrowDown: () => onStep(1),
    ArrowUp: () => onStep(-1),
    a: show,
    r: () => mayRefuse && setRefusing(true),
    Escape: () => setRefusing(false),
  })
  const kind =
    remark.kind === 'comment' || remark.kind === 'danmaku' || remark.kind === 'proposal'
      ? remark.kind
      : 'other'

  return (
    <section className={styles.desk} aria-label={t(`kind_${kind}`)}>
      <div className={styles.read}>
        <p className={styles.who}>
          <strong>{remark.author.display_name}</strong> <span>@{remark.author.handle}</span>{' '}
          <time dateTime={remark.created_at}>{format.dateTime(remark.created_at)}</time>
        </p>
        {remark.answers && (
          <p className={styles.answers}>
            {t('answers')} {remark.answers}
          </p>
        )}
        <blockquote className={styles.text}>{remark.text}</blockquote>
        <p className={styles.place}>
          {t(`kind_${kind}`)} ·{' '}
          <span lang={langOf(remark.series.language)}>{remark.series.title}</span>
          {episode && ` · ${t('place', { number: episode.number, title: episode.title })}`}
          {remark.position_ms !== null &&
            ` · ${t('at', { time: format.clock(remark.position_ms) })}`}
          {episode && (
            <>
              {' · '}
              <Link
                to="/watch/$seriesId/{-$episodeId}"
                params={{ seriesId: remark.series.id, episodeId: episode.id }}
              >
                {t('toEpisode')}
              </Link>
            </>
          )}
        </p>

        <h2>{t('saw')}</h2>
        {remark.findings.length === 0 ? (
          <p className={styles.quiet}>{t('sawNothing')}</p>
        ) : (
          <ul className={styles.findings}>
            {remark.findings.map((one) => (
              <li key={`${one.policy} ${one.evidence}`}>
                <strong>{words(one.policy_name)}</strong>{' '}
                {t('score', { n: Math.round(one.score * 100) })}
                {one.evidence && <span> · {t('evidence', { words: one.evidence })}</span>}
                <small>{words(one.explanation)}</small>
              </li>
            ))}
          </ul>
        )}
        {remark.reports.length > 0 && (
          <>
            <h2>
              {t('reports')} {remark.reports.length}
            </h2>
            <ul className={styles.findings}>
              {remark.reports.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: reports have no names, and only grow.
                <li key={index}>
                  {words(one.reason.text)}
                  {one.note && <span> · {one.note}</span>}
                </li>
              ))}
            </ul>
          </>
        )}
        {remark.decisions.length > 0 && (
          <>
            <h2>{t('decisions')}</h2>
            <ul className={styles.findings}>
              {remark.decisions.map((one) => (
                <li key={one.decided_at}>
                  {t(`outcome_${one.outcome}`)} · {one.by.display_name} ·{' '}
                  {format.dateTime(one.decided_at)}
                  {one.reason && <span> · {words(one.reason.text)}</span>}
                  {one.note && <span> · {one.note}</span>}
                </li>
              ))}
            </ul>
          </>
        )}
        {remark.reason && (
          <>
            <h2>{t('toldAuthor')}</h2>
            <p className={styles.quiet}>{words(remark.reason)}</p>
          </>
        )}
      </div>

      <aside className={styles.decide} aria-label={t('decide')}>
        <h2>{t('decide')}</h2>
        {!remark.may_decide && <p className={styles.quiet}>{t('own')}</p>}
        {mayShow && (
          <Button
            color="jade"
            size="md"
            justify="space-between"
            rightSection={<kbd className={styles.key}>A</kbd>}
            loading={decide.isPending && !refusing}
            onClick={show}
          >
            {t(state === 'shown' ? 'keep' : 'show')}
          </Button>
        )}
        {mayRefuse && (
          <Button
            color="cinnabar"
            size="md"
            justify="space-between"
            rightSection={<kbd className={styles.key}>R</kbd>}
            aria-expanded={refusing}
            onClick={() => setRefusing(!refusing)}
          >
            {t(state === 'shown' ? 'takeDown' : 'refuse')}
          </Button>
        )}
        {refusing && mayRefuse && (
          <Refuse
            sending={decide.isPending}
            onSend={(body) => decide.mutate({ path: `${REMARKS}/${remark.id}/refuse`, body })}
            onCancel={() => setRefusing(false)}
          />
        )}
        <Refusal error={decide.error} />
        <p className={styles.keys}>{t('keys')}</p>
      </aside>
    </section>
  )
}

function Refuse({
  sending,
  onSend,
  onCancel,
}: {
  sending: boolean
  onSend: (body: { reason: string; note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(remarkMessages)
  const d = useMessages(deskMessages)
  const words = useWords()
  const [reason, setReason] = useState('abuse')
  const [note, setNote] = useState('')
  const reasons = useQuery({
    queryKey: ['speech-reasons'],
    queryFn: ({ signal }) => api.get<Code[]>('/speech/reasons', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const send = () => onSend({ reason, note })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
        const code = reasons.data?.[Number(event.key) - 1]
        if (code && !(event.target instanceof HTMLTextAreaElement)) setReason(code.code)
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          send()
        }
      }}
    >
      <fieldset>
        <legend>{t('reason')}</legend>
        {reasons.data?.map((code, index) => (
          <label key={code.code}>
            <input
              type="radio"
              name="reason"
              value={code.code}
              // biome-ignore lint/a11y/noAutofocus: the form was just asked for, and its keys begin here.
              autoFocus={index === 0}
              checked={reason === code.code}
              onChange={() => setReason(code.code)}
            />
            <span>{words(code.text)}</span>
            {index < 9 && <span className={styles.number}>{index + 1}</span>}
          </label>
        ))}
      </fieldset>
      <Refusal error={reasons.error} />
      <Textarea
        label={t('note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={300}
        autosize
        minRows={2}
      />
      <div className={styles.deeds}>
        <Button type="submit" color="cinnabar" loading={sending} disabled={!reasons.data}>
          {t('confirm')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
