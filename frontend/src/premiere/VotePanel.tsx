import { useEffect, useState } from 'react'
import type { AiNotice, BallotChoice } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { ChoiceOverlay } from '../player/ChoiceOverlay'
import choices from '../player/ChoiceOverlay.module.css'
import { useWideScreen } from '../ui/useMediaQuery'
import { premiereMessages } from './messages'
import { elapsedShare } from './serverClock'
import { type PremiereConnection, useServerTime } from './usePremiere'
import styles from './VotePanel.module.css'

const ENDING_SOON_MS = 5000

/** The vote: time left, choices with their votes, the viewer's own, changeable to the end. */
export function VotePanel({
  premiere,
  notice,
}: {
  premiere: PremiereConnection
  notice: AiNotice | null
}) {
  const t = useMessages(premiereMessages)
  const isDesktop = useWideScreen()
  const { state, clock, ownVote: wish } = premiere
  const now = useServerTime(clock, 200)
  const leftMs = Math.max(0, Date.parse(state.phase_ends_at) - now)
  const isClosed = leftMs === 0
  const votedChoice = state.choices.find((choice) => choice.id === wish?.choiceId)
  return (
    <ChoiceOverlay
      title={t('voteTitle')}
      choices={state.choices}
      chosen={votedChoice?.id ?? null}
      settled={false}
      revocable
      notice={notice}
      onChoose={(id) => {
        if (!isClosed && id !== wish?.choiceId && state.choices.some((choice) => choice.id === id))
          premiere.vote(id)
      }}
      above={
        <CountdownRing
          share={1 - elapsedShare(state.phase_started_at, state.phase_ends_at, now)}
          seconds={Math.ceil(leftMs / 1000)}
        />
      }
      below={(choice) => <VoteBar choice={choice} isOwn={choice.id === votedChoice?.id} />}
    >
      <p className={`${choices.foot} ${styles.footer}`}>
        {votedChoice ? (
          <strong>{t(wish?.confirmed ? 'voted' : 'sending', { text: votedChoice.text })}</strong>
        ) : (
          t(isDesktop ? 'voteHint' : 'voteHintTouch', { n: state.choices.length })
        )}
        <span>{t('tieRule')}</span>
      </p>
      <p className="unseen" role="status">
        <VoteAnnouncements
          premiere={premiere}
          leftMs={leftMs}
          voted={wish?.confirmed ? (votedChoice?.text ?? null) : null}
        />
      </p>
    </ChoiceOverlay>
  )
}

function VoteBar({ choice, isOwn }: { choice: BallotChoice; isOwn: boolean }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  return (
    <span className={styles.votes}>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ transform: `scaleX(${choice.percent / 100})` }} />
      </span>
      <span className={styles.figures}>
        <span>{t('voteCount', { n: format.count(choice.votes), percent: choice.percent })}</span>
        {isOwn && <span className={styles.mine}>{t('myVote')}</span>}
      </span>
    </span>
  )
}

const RADIUS = 26
const CIRCUMFERENCE = 2 * Math.PI * RADIUS

function CountdownRing({ share, seconds }: { share: number; seconds: number }) {
  const t = useMessages(premiereMessages)
  return (
    <div className={styles.countdownRing} role="timer" aria-label={t('voteLeft', { n: seconds })}>
      <svg viewBox="0 0 60 60" aria-hidden="true">
        <circle cx="30" cy="30" r={RADIUS} />
        <circle
          className={styles.remaining}
          cx="30"
          cy="30"
          r={RADIUS}
          strokeDasharray={CIRCUMFERENCE}
          strokeDashoffset={CIRCUMFERENCE * (1 - share)}
        />
      </svg>
      <span aria-hidden="true">{seconds}</span>
    </div>
  )
}

/**
 * For screen readers: the vote is open, one's vote is counted, it ends. Not every second or vote.
 */
function VoteAnnouncements({
  premiere: { state },
  leftMs,
  voted,
}: {
  premiere: PremiereConnection
  leftMs: number
  voted: string | null
}) {
  const t = useMessages(premiereMessages)
  const [announcement, setAnnouncement] = useState('')
  const moment = leftMs === 0 ? 'closed' : leftMs <= ENDING_SOON_MS ? 'ending' : 'open'
  // biome-ignore lint/correctness/useExhaustiveDependencies: announced once, not at each tally.
  useEffect(() => {
    if (moment === 'ending') setAnnouncement(t('voteEnding'))
    else if (moment === 'closed') setAnnouncement(t('voteClosing'))
    else {
      const ways = state.choices.map((choice, index) => `${index + 1} ${choice.text}`).join('; ')
      setAnnouncement(t('voteOpened', { seconds: Math.ceil(leftMs / 1000), ways }))
    }
  }, [moment, t])
  useEffect(() => {
    if (voted) setAnnouncement(t('voted', { text: voted }))
  }, [voted, t])
  return announcement
}
