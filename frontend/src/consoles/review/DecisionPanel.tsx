import { Button, Kbd } from '@mantine/core'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import type { Case, CutAppeal, Finding } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { ApproveForm } from './ApproveForm'
import { DecisionButton } from './DecisionControls'
import styles from './DecisionPanel.module.css'
import { reviewMessages } from './messages'
import { CASE_LIST_KEY } from './queries'
import { draftOf, ReasonsForm, type RefusalDraft } from './ReasonsForm'
import { ReopenForm } from './ReopenForm'
import { type Decision, type DecisionKind, sendDecision } from './sendDecision'
import type { CaseReservation } from './useCaseReservation'

const DECIDED_STATES = new Set<Case['state']>(['approved', 'rejected', 'taken_down'])

/** What may be decided about the case now, and the form of the decision that was chosen. */
export function DecisionPanel({
  case: reviewCase,
  readWords,
  form,
  openings,
  onForm,
  reservation,
  positionMs,
  selectedFinding,
  onDecided,
  onStale,
}: {
  case: Case
  /** `words_sha256` of the words that were read. */
  readWords: string
  form: DecisionKind | null
  /** How often a form was asked for: each time its first field gets the focus. */
  openings: number
  onForm: (form: DecisionKind | null) => void
  reservation: CaseReservation
  positionMs: number
  selectedFinding: Finding | null
  onDecided: (decided: Case) => void
  /** The decision was refused: the case may stand differently by now. */
  onStale: () => void
}) {
  const t = useMessages(reviewMessages)
  const decide = useIdempotentMutation(
    (decision: Decision, header) => sendDecision(reviewCase.id, decision, header),
    { invalidates: [CASE_LIST_KEY], onSuccess: onDecided },
  )
  const submit = (decision: Decision) => decide.mutate(decision, { onError: onStale })
  const { state } = reviewCase
  const formProps = { isSubmitting: decide.isPending, onCancel: () => onForm(null) }
  // What was written outlives a closed form.
  const [draft, setDraft] = useState<RefusalDraft>(() => draftOf(reviewCase))
  const reasonsFormProps = {
    ...formProps,
    positionMs,
    selectedFinding,
    draft,
    onDraft: setDraft,
    openings,
  }

  return (
    <section className={styles.panel} aria-label={t('decide')}>
      <h2>{t('decide')}</h2>
      {reviewCase.appeal && <AppealNotice appeal={reviewCase.appeal} />}
      {reservation.mayDecide && (
        <>
          <Button
            variant="default"
            onClick={reservation.toggle}
            loading={reservation.isPending}
            justify="space-between"
            rightSection={<Kbd size="xs">T</Kbd>}
          >
            {t(reservation.isMine ? 'release' : 'reserve')}
          </Button>
          <DecisionButton
            color="jade"
            shortcut="A"
            aria-expanded={form === 'approve'}
            onClick={() => onForm('approve')}
          >
            {t(reviewCase.is_appealed ? 'overturn' : 'approve')}
          </DecisionButton>
          {form === 'approve' && (
            <ApproveForm
              {...formProps}
              onSubmit={(body) =>
                submit({ kind: 'approve', body: { ...body, words_sha256: readWords } })
              }
            />
          )}
          <DecisionButton
            color="cinnabar"
            shortcut="R"
            aria-expanded={form === 'reject'}
            onClick={() => onForm('reject')}
          >
            {t(reviewCase.is_appealed ? 'uphold' : 'reject')}
          </DecisionButton>
          {form === 'reject' && (
            <ReasonsForm
              {...reasonsFormProps}
              submitLabel={t(reviewCase.is_appealed ? 'confirmUphold' : 'confirmReject')}
              onSubmit={(body) => submit({ kind: 'reject', body })}
            />
          )}
        </>
      )}
      {state === 'approved' && reviewCase.may_decide && (
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
              {...reasonsFormProps}
              submitLabel={t('confirmTakeDown')}
              onSubmit={(body) => submit({ kind: 'take-down', body })}
            />
          )}
        </>
      )}
      {reviewCase.may_reopen && (
        <>
          <Button
            variant="default"
            aria-expanded={form === 'reopen'}
            onClick={() => onForm('reopen')}
          >
            {t(state === 'rejected' ? 'takeBack' : 'reopen')}
          </Button>
          {form === 'reopen' && (
            <ReopenForm
              {...formProps}
              submitLabel={t(state === 'rejected' ? 'confirmTakeBack' : 'confirmReopen')}
              onSubmit={(body) => submit({ kind: 'reopen', body })}
            />
          )}
        </>
      )}
      {state === 'failed' && (
        <Button
          variant="default"
          loading={decide.isPending}
          onClick={() => submit({ kind: 'restart' })}
        >
          {t('restart')}
        </Button>
      )}
      <CaseStatus case={reviewCase} error={decide.error} />
    </section>
  )
}

/** What the creator says against the decision, and what became of it. */
function AppealNotice({ appeal }: { appeal: CutAppeal }) {
  const t = useMessages(reviewMessages)
  const format = useFormat()
  return (
    <section className={styles.appeal} aria-label={t('appeal')}>
      <h3>
        {t(`appeal_${appeal.state}`)} · {format.dateTime(appeal.decided_at ?? appeal.appealed_at)}
      </h3>
      <p>{appeal.reason}</p>
    </section>
  )
}

/** Whether the case is still being checked, its decision, why the last request was refused. */
function CaseStatus({ case: reviewCase, error }: { case: Case; error: unknown }) {
  const t = useMessages(reviewMessages)
  const format = useFormat()
  const { state, decision } = reviewCase
  const wasOvertaken = error instanceof Problem && error.status === 409 && decision !== null
  return (
    <>
      {(state === 'checking' || state === 'processing') && (
        <p role="status" className={styles.notice}>
          {t('checkingNow')}
        </p>
      )}
      {decision && DECIDED_STATES.has(state) && (
        <p className={styles.outcome} data-outcome={decision.outcome}>
          {t('decided', { outcome: t(`outcome_${decision.outcome}`) })} ·{' '}
          {decision.by?.display_name ?? t('automatic')} · {format.dateTime(decision.decided_at)}
        </p>
      )}
      {wasOvertaken ? (
        <p role="alert" className={styles.notice}>
          {t('alreadyDecided')}
        </p>
      ) : (
        <ProblemAlert error={error} />
      )}
    </>
  )
}
