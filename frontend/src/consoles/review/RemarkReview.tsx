import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from '../shared/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { useIdempotentMutation } from '../shared/useIdempotentMutation'
import type { Code, Remark } from '../types'
import styles from './RemarksPage.module.css'
import { remarkMessages } from './remarkMessages'
import { REMARKS_PATH } from './useRemarkQueue'
import { useShortcuts } from './useShortcuts'

/** One remark with where it was said, what the check saw, who doubts it; and the decision. */
export function RemarkReview({
  remark,
  onNavigate,
  onDecided,
}: {
  remark: Remark
  onNavigate: (step: 1 | -1) => void
  onDecided: (decided: Remark) => void
}) {
  const t = useMessages(remarkMessages)
  const words = useWords()
  const format = useFormat()
  const [isRefusing, setIsRefusing] = useState(false)
  const decide = useIdempotentMutation<Remark>({
    invalidates: [[REMARKS_PATH]],
    onSuccess: onDecided,
  })
  const { state, episode } = remark
  const canShow =
    remark.may_decide && state !== 'withdrawn' && (state !== 'shown' || remark.reports.length > 0)
  const canRefuse =
    remark.may_decide && (state === 'held' || state === 'shown' || state === 'checking')
  const show = () => {
    if (canShow && !decide.isPending) decide.mutate({ path: `${REMARKS_PATH}/${remark.id}/show` })
  }
  useShortcuts({
    j: () => onNavigate(1),
    k: () => onNavigate(-1),
    ArrowDown: () => onNavigate(1),
    ArrowUp: () => onNavigate(-1),
    a: show,
    r: () => canRefuse && setIsRefusing(true),
    Escape: () => setIsRefusing(false),
  })
  const kind =
    remark.kind === 'comment' || remark.kind === 'danmaku' || remark.kind === 'proposal'
      ? remark.kind
      : 'other'

  return (
    <section className={styles.review} aria-label={t(`kind_${kind}`)}>
      <div className={styles.content}>
        <p className={styles.author}>
          <strong>{remark.author.display_name}</strong> <span>@{remark.author.handle}</span>{' '}
          <time dateTime={remark.created_at}>{format.dateTime(remark.created_at)}</time>
        </p>
        {remark.answers && (
          <p className={styles.replyTo}>
            {t('answers')} {remark.answers}
          </p>
        )}
        <blockquote className={styles.text}>{remark.text}</blockquote>
        <p className={styles.location}>
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
          <p className={styles.muted}>{t('sawNothing')}</p>
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
            <p className={styles.muted}>{words(remark.reason)}</p>
          </>
        )}
      </div>

      <aside className={styles.decide} aria-label={t('decide')}>
        <h2>{t('decide')}</h2>
        {!remark.may_decide && <p className={styles.muted}>{t('own')}</p>}
        {canShow && (
          <Button
            color="jade"
            size="md"
            justify="space-between"
            rightSection={<kbd className={styles.key}>A</kbd>}
            loading={decide.isPending && !isRefusing}
            onClick={show}
          >
            {t(state === 'shown' ? 'keep' : 'show')}
          </Button>
        )}
        {canRefuse && (
          <Button
            color="cinnabar"
            size="md"
            justify="space-between"
            rightSection={<kbd className={styles.key}>R</kbd>}
            aria-expanded={isRefusing}
            onClick={() => setIsRefusing(!isRefusing)}
          >
            {t(state === 'shown' ? 'takeDown' : 'refuse')}
          </Button>
        )}
        {isRefusing && canRefuse && (
          <RefuseForm
            isSubmitting={decide.isPending}
            onSubmit={(body) =>
              decide.mutate({ path: `${REMARKS_PATH}/${remark.id}/refuse`, body })
            }
            onCancel={() => setIsRefusing(false)}
          />
        )}
        <ProblemAlert error={decide.error} />
        <p className={styles.keys}>{t('keys')}</p>
      </aside>
    </section>
  )
}

function RefuseForm({
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  isSubmitting: boolean
  onSubmit: (body: { reason: string; note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(remarkMessages)
  const d = useMessages(consoleMessages)
  const words = useWords()
  const [reason, setReason] = useState('abuse')
  const [note, setNote] = useState('')
  const reasons = useQuery({
    queryKey: ['speech-reasons'],
    queryFn: ({ signal }) => api.get<Code[]>('/speech/reasons', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const submit = () => onSubmit({ reason, note })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
        const code = reasons.data?.[Number(event.key) - 1]
        if (code && !(event.target instanceof HTMLTextAreaElement)) setReason(code.code)
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          submit()
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
      <ProblemAlert error={reasons.error} />
      <Textarea
        label={t('note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={300}
        autosize
        minRows={2}
      />
      <div className={styles.actions}>
        <Button type="submit" color="cinnabar" loading={isSubmitting} disabled={!reasons.data}>
          {t('confirm')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
