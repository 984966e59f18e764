import { Button, Kbd, NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import { untyped as api } from '../../api/untyped'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { deskMessages } from '../desk/messages'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { Case, Code, Finding } from '../types'
import styles from './Decide.module.css'
import { reviewMessages } from './messages'
import { RefuseForm } from './RefuseForm'

const DECIDED = new Set<Case['state']>(['approved', 'rejected', 'taken_down'])

export type DecideForm = 'approve' | 'reject' | 'take-down' | 'reopen'

/** What may be done with the case now, and the form of the deed that was chosen. */
export function Decide({
  case: shown,
  form,
  onForm,
  mayDecide,
  mine,
  onTake,
  taking,
  positionMs,
  finding,
  onDecided,
  onStale,
}: {
  case: Case
  form: DecideForm | null
  onForm: (form: DecideForm | null) => void
  mayDecide: boolean
  mine: boolean
  onTake: () => void
  taking: boolean
  positionMs: number
  finding: Finding | null
  onDecided: (decided: Case) => void
  onStale: () => void
}) {
  const t = useMessages(reviewMessages)
  const decide = useAct<Case>({ refresh: [['/review/cases']], onDone: onDecided })
  // Somebody else was faster: show how it stands now, and say so.
  const overtaken =
    decide.error instanceof Problem && decide.error.status === 409 && shown.decision !== null
  const send = (deed: DecideForm | 'restart', body: unknown) =>
    decide.mutate({ path: `/review/cases/${shown.id}/${deed}`, body }, { onError: onStale })

  return (
    <section className={styles.decide} aria-label={t('decide')}>
      <h2>{t('decide')}</h2>
      {mayDecide && (
        <>
          <Button
            variant="default"
            onClick={onTake}
            loading={taking}
            justify="space-between"
            rightSection={<Kbd size="xs">T</Kbd>}
          >
            {t(mine ? 'release' : 'take')}
          </Button>
          <Button
            color="jade"
            size="md"
            justify="space-between"
            rightSection={<kbd className={styles.key}>A</kbd>}
            aria-expanded={form === 'approve'}
            onClick={() => onForm('approve')}
          >
            {t('approve')}
          </Button>
          {form === 'approve' && (
            <ApproveForm
              sending={decide.isPending}
              onSend={(body) => send('approve', body)}
              onCancel={() => onForm(null)}
            />
          )}
          <Button
            color="cinnabar"
            size="md"
            justify="space-between"
            rightSection={<kbd className={styles.key}>R</kbd>}
            aria-expanded={form === 'reject'}
            onClick={() => onForm('reject')}
          >
            {t('reject')}
          </Button>
          {form === 'reject' && (
            <RefuseForm
              label={t('confirmReject')}
              positionMs={positionMs}
              finding={finding}
              sending={decide.isPending}
              onSend={(body) => send('reject', body)}
              onCancel={() => onForm(null)}
            />
          )}
        </>
      )}
      {shown.state === 'approved' && shown.may_decide && (
        <>
          <Button
            color="cinnabar"
            aria-expanded={form === 'take-down'}
            onClick={() => onForm('take-down')}
          >
            {t('takeDown')}
          </Button>
          {form === 'take-down' && (
            <RefuseForm
              label={t('confirmTakeDown')}
              positionMs={positionMs}
              finding={finding}
              sending={decide.isPending}
              onSend={(body) => send('take-down', body)}
              onCancel={() => onForm(null)}
            />
          )}
        </>
      )}
      {shown.state === 'taken_down' && shown.may_decide && (
        <>
          <Button
            variant="default"
            aria-expanded={form === 'reopen'}
            onClick={() => onForm('reopen')}
          >
            {t('reopen')}
          </Button>
          {form === 'reopen' && (
            <ReopenForm
              sending={decide.isPending}
              onSend={(body) => send('reopen', body)}
              onCancel={() => onForm(null)}
            />
          )}
        </>
      )}
      {shown.state === 'failed' && (
        <Button variant="default" loading={decide.isPending} onClick={() => send('restart', {})}>
          {t('restart')}
        </Button>
      )}
      {(shown.state === 'checking' || shown.state === 'processing') && (
        <p role="status" className={styles.stale}>
          {t('checkingNow')}
        </p>
      )}
      {shown.decision && DECIDED.has(shown.state) && (
        <p className={styles.outcome} data-outcome={shown.decision.outcome}>
          {t('decided', { outcome: t(`outcome_${shown.decision.outcome}`) })} ·{' '}
          {shown.decision.by?.display_name ?? t('automatic')}
        </p>
      )}
      {overtaken ? (
        <p role="alert" className={styles.stale}>
          {t('alreadyDecided')}
        </p>
      ) : (
        <Refusal error={decide.error} />
      )}
    </section>
  )
}

function ApproveForm({
  sending,
  onSend,
  onCancel,
}: {
  sending: boolean
  onSend: (body: { note: string; age_notice: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(deskMessages)
  const words = useWords()
  const [age, setAge] = useState('')
  const [note, setNote] = useState('')
  const notices = useQuery({
    queryKey: ['age-notices'],
    queryFn: ({ signal }) => api.get<Code[]>('/review/age-notices', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSend({ note, age_notice: age })
      }}
    >
      <NativeSelect
        label={t('ageNotice')}
        value={age}
        onChange={(event) => setAge(event.currentTarget.value)}
        data={[
          { value: '', label: t('noAge') },
          ...(notices.data ?? []).map((code) => ({ value: code.code, label: words(code.text) })),
        ]}
        autoFocus
      />
      <Textarea
        label={t('noteToCreator')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={2}
      />
      <div className={styles.deeds}>
        <Button type="submit" color="jade" loading={sending}>
          {t('confirmApprove')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}

function ReopenForm({
  sending,
  onSend,
  onCancel,
}: {
  sending: boolean
  onSend: (body: { note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(deskMessages)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (note.trim()) onSend({ note })
      }}
    >
      <Textarea
        label={t('noteToCreator')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        error={tried && !note.trim() ? t('noteNeeded') : undefined}
        autosize
        minRows={2}
        autoFocus
      />
      <div className={styles.deeds}>
        <Button type="submit" loading={sending}>
          {t('confirmReopen')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
