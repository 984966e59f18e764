import { Button, Kbd, NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import { untyped as api } from '../../api/untyped'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from '../shared/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { useIdempotentMutation } from '../shared/useIdempotentMutation'
import type { Case, Code, Finding } from '../types'
import styles from './DecisionPanel.module.css'
import { reviewMessages } from './messages'
import { ReasonsForm } from './ReasonsForm'

const DECIDED_STATES = new Set<Case['state']>(['approved', 'rejected', 'taken_down'])

export type DecisionKind = 'approve' | 'reject' | 'take-down' | 'reopen'

/** What may be done with the case now, and the form of the deed that was chosen. */
export function DecisionPanel({
  case: reviewCase,
  form,
  onForm,
  mayDecide,
  isMine,
  onToggleReservation,
  isReserving,
  positionMs,
  selectedFinding,
  onDecided,
  onStale,
}: {
  case: Case
  form: DecisionKind | null
  onForm: (form: DecisionKind | null) => void
  mayDecide: boolean
  isMine: boolean
  onToggleReservation: () => void
  isReserving: boolean
  positionMs: number
  selectedFinding: Finding | null
  onDecided: (decided: Case) => void
  onStale: () => void
}) {
  const t = useMessages(reviewMessages)
  const decide = useIdempotentMutation<Case>({
    invalidates: [['/review/cases']],
    onSuccess: onDecided,
  })
  // Somebody else was faster: show how it stands now, and say so.
  const wasOvertaken =
    decide.error instanceof Problem && decide.error.status === 409 && reviewCase.decision !== null
  const submit = (action: DecisionKind | 'restart', body: unknown) =>
    decide.mutate({ path: `/review/cases/${reviewCase.id}/${action}`, body }, { onError: onStale })

  return (
    <section className={styles.panel} aria-label={t('decide')}>
      <h2>{t('decide')}</h2>
      {mayDecide && (
        <>
          <Button
            variant="default"
            onClick={onToggleReservation}
            loading={isReserving}
            justify="space-between"
            rightSection={<Kbd size="xs">T</Kbd>}
          >
            {t(isMine ? 'release' : 'take')}
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
              isSubmitting={decide.isPending}
              onSubmit={(body) => submit('approve', body)}
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
            <ReasonsForm
              submitLabel={t('confirmReject')}
              positionMs={positionMs}
              selectedFinding={selectedFinding}
              isSubmitting={decide.isPending}
              onSubmit={(body) => submit('reject', body)}
              onCancel={() => onForm(null)}
            />
          )}
        </>
      )}
      {reviewCase.state === 'approved' && reviewCase.may_decide && (
        <>
          <Button
            color="cinnabar"
            aria-expanded={form === 'take-down'}
            onClick={() => onForm('take-down')}
          >
            {t('takeDown')}
          </Button>
          {form === 'take-down' && (
            <ReasonsForm
              submitLabel={t('confirmTakeDown')}
              positionMs={positionMs}
              selectedFinding={selectedFinding}
              isSubmitting={decide.isPending}
              onSubmit={(body) => submit('take-down', body)}
              onCancel={() => onForm(null)}
            />
          )}
        </>
      )}
      {reviewCase.state === 'taken_down' && reviewCase.may_decide && (
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
              isSubmitting={decide.isPending}
              onSubmit={(body) => submit('reopen', body)}
              onCancel={() => onForm(null)}
            />
          )}
        </>
      )}
      {reviewCase.state === 'failed' && (
        <Button variant="default" loading={decide.isPending} onClick={() => submit('restart', {})}>
          {t('restart')}
        </Button>
      )}
      {(reviewCase.state === 'checking' || reviewCase.state === 'processing') && (
        <p role="status" className={styles.notice}>
          {t('checkingNow')}
        </p>
      )}
      {reviewCase.decision && DECIDED_STATES.has(reviewCase.state) && (
        <p className={styles.outcome} data-outcome={reviewCase.decision.outcome}>
          {t('decided', { outcome: t(`outcome_${reviewCase.decision.outcome}`) })} ·{' '}
          {reviewCase.decision.by?.display_name ?? t('automatic')}
        </p>
      )}
      {wasOvertaken ? (
        <p role="alert" className={styles.notice}>
          {t('alreadyDecided')}
        </p>
      ) : (
        <ProblemAlert error={decide.error} />
      )}
    </section>
  )
}

function ApproveForm({
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  isSubmitting: boolean
  onSubmit: (body: { note: string; age_notice: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(consoleMessages)
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
        onSubmit({ note, age_notice: age })
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
      <div className={styles.actions}>
        <Button type="submit" color="jade" loading={isSubmitting}>
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
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  isSubmitting: boolean
  onSubmit: (body: { note: string }) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const d = useMessages(consoleMessages)
  const [note, setNote] = useState('')
  const [submitted, setSubmitted] = useState(false)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (note.trim()) onSubmit({ note })
      }}
    >
      <Textarea
        label={t('noteToCreator')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        error={submitted && !note.trim() ? t('noteNeeded') : undefined}
        autosize
        minRows={2}
        autoFocus
      />
      <div className={styles.actions}>
        <Button type="submit" loading={isSubmitting}>
          {t('confirmReopen')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
