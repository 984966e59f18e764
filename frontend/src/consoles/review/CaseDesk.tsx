import { Kbd } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useMe } from '../../api/me'
import { useFormat } from '../../i18n/format'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Sheet } from '../../ui/Sheet'
import { usePageTitle } from '../../ui/usePageTitle'
import { Film } from '../desk/Film'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import { usePreview } from '../desk/usePreview'
import type { Case } from '../types'
import styles from './CaseDesk.module.css'
import { CaseFacts } from './CaseFacts'
import { Decide, type DecideForm } from './Decide'
import { Findings } from './Findings'
import { FindingTimeLine } from './FindingTimeLine'
import { reviewMessages } from './messages'
import { DueClock } from './Queue'
import { inOrder } from './spans'
import { Transcript } from './Transcript'
import { useComfort } from './useComfort'
import { useKeys } from './useKeys'

const SECOND = 1000
const FRAME = 1000 / 24
const SPEEDS = [0.5, 0.75, 1, 1.5, 2]

/** One case: the film with its findings along the time, what is said, what was found, and the decision. */
export function CaseDesk({
  case: shown,
  onCase,
  refetch,
  onDecided,
  onStep,
}: {
  case: Case
  onCase: (next: Case) => void
  refetch: () => Promise<Case | null>
  onDecided: (decided: Case) => void
  onStep: (step: 1 | -1) => void
}) {
  const t = useMessages(reviewMessages)
  const words = useWords()
  const format = useFormat()
  const me = useMe()?.user
  const title = `${shown.series.title} ${shown.episode.number}`
  usePageTitle(title)
  const findings = useMemo(() => inOrder(shown.findings), [shown.findings])
  const [chosen, setChosen] = useState<string | null>(null)
  const [form, setForm] = useState<DecideForm | null>(null)
  const [help, setHelp] = useState(false)
  const [speed, setSpeed] = useState(1)
  const { comfort, toggle, filter } = useComfort()
  const preview = usePreview(shown.playback, async () => (await refetch())?.playback ?? null)
  const { seek, positionMs, videoRef } = preview
  useEffect(() => {
    if (videoRef.current) videoRef.current.playbackRate = speed
  }, [speed, videoRef])

  const take = useAct<Case>({ refresh: [['/review/cases']], onDone: onCase })
  const mine = shown.holder !== null && shown.holder.id === me?.id
  const taken = shown.holder !== null && !mine
  const undecided = shown.state === 'open' || shown.state === 'taken'
  const mayDecide = undecided && shown.may_decide && !taken

  const choose = (id: string) => {
    const finding = findings.find((one) => one.id === id)
    setChosen(id)
    if (finding?.start_ms != null) seek(finding.start_ms)
  }
  const stepFinding = (step: 1 | -1) => {
    const at = findings.findIndex((one) => one.id === chosen)
    const next = findings[at < 0 ? (step > 0 ? 0 : findings.length - 1) : at + step]
    if (next) choose(next.id)
  }
  const takeOrRelease = () => {
    if (!mayDecide) return
    take.mutate({ path: `/review/cases/${shown.id}/${mine ? 'release' : 'take'}` })
  }
  /** Deciding takes the case first: a decision belongs to who has it. */
  const open = (wanted: DecideForm) => {
    if (!mayDecide) return
    if (mine) setForm(wanted)
    else
      take.mutate({ path: `/review/cases/${shown.id}/take` }, { onSuccess: () => setForm(wanted) })
  }
  const changeSpeed = (step: 1 | -1) =>
    setSpeed(
      (now) => SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(now) + step))] ?? 1,
    )

  useKeys({
    ' ': preview.toggle,
    ArrowLeft: () => seek(positionMs - SECOND),
    ArrowRight: () => seek(positionMs + SECOND),
    ',': () => seek(positionMs - FRAME),
    '.': () => seek(positionMs + FRAME),
    '[': () => stepFinding(-1),
    ']': () => stepFinding(1),
    '-': () => changeSpeed(-1),
    '=': () => changeSpeed(1),
    '+': () => changeSpeed(1),
    b: () => toggle('blur'),
    g: () => toggle('grey'),
    m: () => toggle('mute'),
    t: takeOrRelease,
    a: () => open('approve'),
    r: () => open('reject'),
    j: () => onStep(1),
    k: () => onStep(-1),
    '?': () => setHelp(true),
    Escape: () => setForm(null),
  })

  return (
    <div className={styles.case}>
      <div className={styles.work}>
        <Link to="/review" className={styles.back}>
          {t('backToQueue')}
        </Link>
        <div className={styles.picture}>
          {shown.playback ? (
            <Film
              preview={preview}
              playback={shown.playback}
              title={title}
              muted={comfort.mute}
              filter={filter}
            />
          ) : (
            <p className={styles.blank}>{t('checkingNow')}</p>
          )}
          <fieldset className={styles.comfort}>
            <legend className="unseen">{t('comfort')}</legend>
            {(['blur', 'grey', 'mute'] as const).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={comfort[name]}
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
        <div className={styles.text}>
          <header>
            <h1 lang={langOf(shown.series.language)}>
              {shown.series.title} <span>{t('episode', { n: shown.episode.number })}</span>
            </h1>
            <p className={styles.facts}>
              {[
                shown.creator.display_name,
                t(`origin_${shown.cut.origin}`),
                t(`declared_${shown.cut.declaration}`),
                t('version', { n: shown.cut.number }),
              ].join(' · ')}
              {shown.opened_at && ` · ${t('openedAt', { time: format.dateTime(shown.opened_at) })}`}
              {' · '}
              <code title={t('sha')}>{shown.cut.sha256.slice(0, 12)}</code>{' '}
              <DueClock card={shown} />
            </p>
          </header>
          <Transcript case={shown} positionMs={positionMs} onSeek={seek} />
        </div>
        <div className={styles.line}>
          <FindingTimeLine
            findings={findings}
            durationMs={shown.cut.duration_ms}
            positionMs={positionMs}
            chosen={chosen}
            onChoose={choose}
            onSeek={seek}
          />
        </div>
      </div>
      <aside className={styles.side} aria-label={t('findings')}>
        {shown.problem?.title && (
          <p role="alert" className={styles.problem}>
            {t('failedWhy')}
            {words(shown.problem.title)}
          </p>
        )}
        <Findings findings={findings} chosen={chosen} onChoose={choose} />
        {taken && (
          <p className={styles.held}>
            {t('takenByOther', { name: shown.holder?.display_name ?? '' })}
          </p>
        )}
        {undecided && !shown.may_decide && !taken && <p className={styles.held}>{t('ownWork')}</p>}
        <Refusal error={take.error} />
        <Decide
          case={shown}
          form={form}
          onForm={(next) => (next === 'approve' || next === 'reject' ? open(next) : setForm(next))}
          mayDecide={mayDecide}
          mine={mine}
          onTake={takeOrRelease}
          taking={take.isPending}
          positionMs={positionMs}
          finding={findings.find((one) => one.id === chosen) ?? null}
          onDecided={(decided) => {
            setForm(null)
            onDecided(decided)
          }}
          onStale={() => void refetch()}
        />
        <CaseFacts case={shown} onSeek={seek} />
      </aside>
      {help && (
        <Sheet title={t('keys')} onClose={() => setHelp(false)}>
          <KeyTable />
        </Sheet>
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
    <dl className={styles.keys}>
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
