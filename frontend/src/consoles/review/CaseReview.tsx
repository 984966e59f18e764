import { Kbd } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useMe } from '../../api/me'
import { useFormat } from '../../i18n/format'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { SheetDialog } from '../../ui/SheetDialog'
import { usePageTitle } from '../../ui/usePageTitle'
import { PreviewPlayer } from '../shared/PreviewPlayer'
import { ProblemAlert } from '../shared/ProblemAlert'
import { useIdempotentMutation } from '../shared/useIdempotentMutation'
import { usePreview } from '../shared/usePreview'
import type { Case } from '../types'
import { CaseFacts } from './CaseFacts'
import { CaseDueTime } from './CaseQueue'
import styles from './CaseReview.module.css'
import { type DecisionKind, DecisionPanel } from './DecisionPanel'
import { FindingList } from './FindingList'
import { FindingTimeline } from './FindingTimeline'
import { sortFindings } from './findingSpans'
import { reviewMessages } from './messages'
import { Transcript } from './Transcript'
import { useShortcuts } from './useShortcuts'
import { useViewingPreferences } from './useViewingPreferences'

const SECOND = 1000
const FRAME = 1000 / 24
const SPEEDS = [0.5, 0.75, 1, 1.5, 2]

/** One case: the film with its findings along the time, what is said, what was found, and the decision. */
export function CaseReview({
  case: reviewCase,
  onCaseChanged,
  refetch,
  onDecided,
  onNavigate,
}: {
  case: Case
  onCaseChanged: (next: Case) => void
  refetch: () => Promise<Case | null>
  onDecided: (decided: Case) => void
  onNavigate: (step: 1 | -1) => void
}) {
  const t = useMessages(reviewMessages)
  const words = useWords()
  const format = useFormat()
  const me = useMe()?.user
  const title = `${reviewCase.series.title} ${reviewCase.episode.number}`
  usePageTitle(title)
  const findings = useMemo(() => sortFindings(reviewCase.findings), [reviewCase.findings])
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [form, setForm] = useState<DecisionKind | null>(null)
  const [help, setHelp] = useState(false)
  const [speed, setSpeed] = useState(1)
  const { comfort: preferences, toggle, filter } = useViewingPreferences()
  const preview = usePreview(reviewCase.playback, async () => (await refetch())?.playback ?? null)
  const { seek, positionMs, videoRef } = preview
  useEffect(() => {
    if (videoRef.current) videoRef.current.playbackRate = speed
  }, [speed, videoRef])

  const reservation = useIdempotentMutation<Case>({
    invalidates: [['/review/cases']],
    onSuccess: onCaseChanged,
  })
  const isMine = reviewCase.holder !== null && reviewCase.holder.id === me?.id
  const isReservedByOther = reviewCase.holder !== null && !isMine
  const isUndecided = reviewCase.state === 'open' || reviewCase.state === 'taken'
  const mayDecide = isUndecided && reviewCase.may_decide && !isReservedByOther

  const selectFinding = (id: string) => {
    const finding = findings.find((finding) => finding.id === id)
    setSelectedId(id)
    if (finding?.start_ms != null) seek(finding.start_ms)
  }
  const selectAdjacentFinding = (step: 1 | -1) => {
    const index = findings.findIndex((finding) => finding.id === selectedId)
    const next = findings[index < 0 ? (step > 0 ? 0 : findings.length - 1) : index + step]
    if (next) selectFinding(next.id)
  }
  const toggleReservation = () => {
    if (!mayDecide) return
    reservation.mutate({ path: `/review/cases/${reviewCase.id}/${isMine ? 'release' : 'take'}` })
  }
  /** Deciding takes the case first: a decision belongs to who has it. */
  const openForm = (kind: DecisionKind) => {
    if (!mayDecide) return
    if (isMine) setForm(kind)
    else
      reservation.mutate(
        { path: `/review/cases/${reviewCase.id}/take` },
        { onSuccess: () => setForm(kind) },
      )
  }
  const changeSpeed = (step: 1 | -1) =>
    setSpeed(
      (now) => SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(now) + step))] ?? 1,
    )

  useShortcuts({
    ' ': preview.toggle,
    ArrowLeft: () => seek(positionMs - SECOND),
    ArrowRight: () => seek(positionMs + SECOND),
    ',': () => seek(positionMs - FRAME),
    '.': () => seek(positionMs + FRAME),
    '[': () => selectAdjacentFinding(-1),
    ']': () => selectAdjacentFinding(1),
    '-': () => changeSpeed(-1),
    '=': () => changeSpeed(1),
    '+': () => changeSpeed(1),
    b: () => toggle('blur'),
    g: () => toggle('grey'),
    m: () => toggle('mute'),
    t: toggleReservation,
    a: () => openForm('approve'),
    r: () => openForm('reject'),
    j: () => onNavigate(1),
    k: () => onNavigate(-1),
    '?': () => setHelp(true),
    Escape: () => setForm(null),
  })

  return (
    <div className={styles.case}>
      <div className={styles.main}>
        <Link to="/review" className={styles.back}>
          {t('backToQueue')}
        </Link>
        <div className={styles.player}>
          {reviewCase.playback ? (
            <PreviewPlayer
              preview={preview}
              playback={reviewCase.playback}
              title={title}
              muted={preferences.mute}
              filter={filter}
            />
          ) : (
            <p className={styles.noPicture}>{t('checkingNow')}</p>
          )}
          <fieldset className={styles.toolbar}>
            <legend className="unseen">{t('comfort')}</legend>
            {(['blur', 'grey', 'mute'] as const).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={preferences[name]}
                onClick={() => toggle(name)}
              >
                {t(name)}
              </button>
            ))}
            <label>
              <span className="unseen">{t('speed')}</span>
              <select
                value={speed}
                onChange={(event) => setSpeed(Number(event.currentTarget.value))}
              >
                {SPEEDS.map((value) => (
                  <option key={value} value={value}>
                    {value}×
                  </option>
                ))}
              </select>
            </label>
            <button type="button" onClick={() => setHelp(true)}>
              <Kbd size="xs">?</Kbd> <span className="unseen">{t('keys')}</span>
            </button>
          </fieldset>
        </div>
        <div className={styles.transcript}>
          <header>
            <h1 lang={langOf(reviewCase.series.language)}>
              {reviewCase.series.title}{' '}
              <span>{t('episode', { n: reviewCase.episode.number })}</span>
            </h1>
            <p className={styles.facts}>
              {[
                reviewCase.creator.display_name,
                t(`origin_${reviewCase.cut.origin}`),
                t(`declared_${reviewCase.cut.declaration}`),
                t('version', { n: reviewCase.cut.number }),
              ].join(' · ')}
              {reviewCase.opened_at &&
                ` · ${t('openedAt', { time: format.dateTime(reviewCase.opened_at) })}`}
              {' · '}
              <code title={t('sha')}>{reviewCase.cut.sha256.slice(0, 12)}</code>{' '}
              <CaseDueTime card={reviewCase} />
            </p>
          </header>
          <Transcript case={reviewCase} positionMs={positionMs} onSeek={seek} />
        </div>
        <div className={styles.timeline}>
          <FindingTimeline
            findings={findings}
            durationMs={reviewCase.cut.duration_ms}
            positionMs={positionMs}
            selectedId={selectedId}
            onSelect={selectFinding}
            onSeek={seek}
          />
        </div>
      </div>
      <aside className={styles.side} aria-label={t('findings')}>
        {reviewCase.problem?.title && (
          <p role="alert" className={styles.problem}>
            {t('failedWhy')}
            {words(reviewCase.problem.title)}
          </p>
        )}
        <FindingList findings={findings} selectedId={selectedId} onSelect={selectFinding} />
        {isReservedByOther && (
          <p className={styles.notice}>
            {t('takenByOther', { name: reviewCase.holder?.display_name ?? '' })}
          </p>
        )}
        {isUndecided && !reviewCase.may_decide && !isReservedByOther && (
          <p className={styles.notice}>{t('ownWork')}</p>
        )}
        <ProblemAlert error={reservation.error} />
        <DecisionPanel
          case={reviewCase}
          form={form}
          onForm={(next) =>
            next === 'approve' || next === 'reject' ? openForm(next) : setForm(next)
          }
          mayDecide={mayDecide}
          isMine={isMine}
          onToggleReservation={toggleReservation}
          isReserving={reservation.isPending}
          positionMs={positionMs}
          selectedFinding={findings.find((finding) => finding.id === selectedId) ?? null}
          onDecided={(decided) => {
            setForm(null)
            onDecided(decided)
          }}
          onStale={() => void refetch()}
        />
        <CaseFacts case={reviewCase} onSeek={seek} />
      </aside>
      {help && (
        <SheetDialog title={t('keys')} onClose={() => setHelp(false)}>
          <KeyTable />
        </SheetDialog>
      )}
    </div>
  )
}

function KeyTable() {
  const t = useMessages(reviewMessages)
  const rows = [
    [['␣'], t('key_space')],
    [['←', '→'], t('key_arrows')],
    [[',', '.'], t('key_frames')],
    [['[', ']'], t('key_findings')],
    [['-', '+'], t('key_speed')],
    [['T'], t('key_take')],
    [['A'], t('key_approve')],
    [['R'], t('key_reject')],
    [['J', 'K'], t('key_cases')],
    [['B', 'G', 'M'], t('key_comfort')],
    [['?'], t('key_help')],
  ] as const
  return (
    <dl className={styles.shortcuts}>
      {rows.map(([keys, what]) => (
        <div key={what}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}
