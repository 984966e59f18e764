import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../api/me'
import type { Case } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { SheetDialog } from '../../ui/SheetDialog'
import { usePageTitle } from '../../ui/usePageTitle'
import { PreviewPlayer } from '../shared/PreviewPlayer'
import { ProblemAlert } from '../shared/ProblemAlert'
import { usePreview } from '../shared/usePreview'
import { CaseFacts } from './CaseFacts'
import { CaseHeader } from './CaseHeader'
import styles from './CaseReview.module.css'
import { CaseWords } from './CaseWords'
import { DecisionPanel } from './DecisionPanel'
import { FindingList } from './FindingList'
import { FindingTimeline } from './FindingTimeline'
import { reviewMessages } from './messages'
import { PreviewToolbar } from './PreviewToolbar'
import { ShortcutTable } from './ShortcutTable'
import type { DecisionKind } from './sendDecision'
import { Transcript } from './Transcript'
import { useCaseReservation } from './useCaseReservation'
import { useFindingSelection } from './useFindingSelection'
import { usePlaybackSpeed } from './usePlaybackSpeed'
import { useShortcuts } from './useShortcuts'
import { useViewingPreferences } from './useViewingPreferences'

const SECOND_MS = 1000
const FRAME_MS = 1000 / 24

/** One case: preview with its findings on a timeline, transcript, findings and decision. */
export function CaseReview({
  case: reviewCase,
  onCaseChanged,
  refetch,
  onDecided,
  onNavigate,
  onNext,
}: {
  case: Case
  onCaseChanged: (next: Case) => void
  refetch: () => Promise<Case | null>
  onDecided: (decided: Case) => void
  /** To the next or the previous case of the queue. */
  onNavigate: (step: 1 | -1) => void
  /** To the next case that waits, which is then reserved. */
  onNext: () => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const me = useMe()?.user
  const title = `${reviewCase.series.title} ${reviewCase.episode.number}`
  usePageTitle(title)
  const [form, setForm] = useState<DecisionKind | null>(null)
  // The page keeps itself up to date; an approval is about the words that were read, not the newest.
  const [readWords, setReadWords] = useState(reviewCase.words_sha256)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const { preferences, toggle, filter } = useViewingPreferences()
  const preview = usePreview(reviewCase.playback, async () => (await refetch())?.playback ?? null)
  const { seek, positionMs } = preview
  const { speed, setSpeed, changeSpeed } = usePlaybackSpeed(preview.videoRef)
  const selection = useFindingSelection(reviewCase.findings, seek)
  const reservation = useCaseReservation(reviewCase, onCaseChanged)
  const [openings, setOpenings] = useState(0)
  const openReserved = (kind: DecisionKind) =>
    reservation.reserveThen(() => {
      setForm(kind)
      setOpenings((before) => before + 1)
    })

  useShortcuts({
    ' ': preview.toggle,
    ArrowLeft: () => seek(positionMs - SECOND_MS),
    ArrowRight: () => seek(positionMs + SECOND_MS),
    ',': () => seek(positionMs - FRAME_MS),
    '.': () => seek(positionMs + FRAME_MS),
    '[': () => selection.selectAdjacent(-1),
    ']': () => selection.selectAdjacent(1),
    '-': () => changeSpeed(-1),
    '=': () => changeSpeed(1),
    '+': () => changeSpeed(1),
    b: () => toggle('blur'),
    g: () => toggle('grey'),
    m: () => toggle('mute'),
    t: reservation.toggle,
    a: () => openReserved('approve'),
    r: () => openReserved('reject'),
    n: onNext,
    j: () => onNavigate(1),
    k: () => onNavigate(-1),
    '?': () => setIsHelpOpen(true),
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
          <PreviewToolbar
            preferences={preferences}
            onToggle={toggle}
            speed={speed}
            onSpeed={setSpeed}
            onHelp={() => setIsHelpOpen(true)}
          />
        </div>
        <div className={styles.transcript}>
          <CaseHeader case={reviewCase} />
          <CaseWords
            case={reviewCase}
            hasChanged={readWords !== reviewCase.words_sha256}
            onReadAgain={() => setReadWords(reviewCase.words_sha256)}
          />
          <Transcript case={reviewCase} positionMs={positionMs} onSeek={seek} />
        </div>
        <div className={styles.timeline}>
          <FindingTimeline
            findings={selection.findings}
            durationMs={reviewCase.cut.duration_ms}
            positionMs={positionMs}
            selectedId={selection.selectedId}
            onSelect={selection.select}
            onSeek={seek}
          />
        </div>
      </div>
      <aside className={styles.side} aria-label={t('findings')}>
        {reviewCase.problem?.title && (
          <p role="alert" className={styles.problem}>
            {t('failedWhy')}
            {localized(reviewCase.problem.title)}
          </p>
        )}
        <FindingList
          findings={selection.findings}
          selectedId={selection.selectedId}
          onSelect={selection.select}
        />
        {reservation.isReservedByOther && (
          <p className={styles.notice}>
            {t('reservedByOther', { name: reviewCase.reviewer?.display_name ?? '' })}
          </p>
        )}
        {reservation.isUndecided && !reviewCase.may_decide && !reservation.isReservedByOther && (
          <p className={styles.notice}>
            {t(
              reviewCase.is_appealed && reviewCase.decided_by?.id === me?.id
                ? 'ownDecision'
                : 'ownWork',
            )}
          </p>
        )}
        <ProblemAlert error={reservation.error} />
        <DecisionPanel
          case={reviewCase}
          readWords={readWords}
          form={form}
          openings={openings}
          onForm={(kind) =>
            kind === 'approve' || kind === 'reject' ? openReserved(kind) : setForm(kind)
          }
          reservation={reservation}
          positionMs={positionMs}
          selectedFinding={selection.selected}
          onDecided={(decided) => {
            setForm(null)
            onDecided(decided)
          }}
          onStale={() => void refetch()}
        />
        <CaseFacts case={reviewCase} onSeek={seek} />
      </aside>
      {isHelpOpen && (
        <SheetDialog title={t('keys')} onClose={() => setIsHelpOpen(false)}>
          <ShortcutTable />
        </SheetDialog>
      )}
    </div>
  )
}
