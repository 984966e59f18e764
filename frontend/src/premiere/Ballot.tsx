import { useEffect, useState } from 'react'
import type { AiNotice, BallotChoice } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { useDesk } from '../ui/useMedia'
import choices from '../watch/Choices.module.css'
import { Fork } from '../watch/Fork'
import styles from './Ballot.module.css'
import { shareOf } from './clock'
import { premiereMessages } from './messages'
import { type Seat, useHouseTime } from './useHall'

const ENDING_MS = 5000

/** The vote: a ring that runs out, the ways with their votes, and one's own, which may change until the ring is out. */
export function Ballot({ seat, notice }: { seat: Seat; notice: AiNotice | null }) {
  const t = useMessages(premiereMessages)
  const desk = useDesk()
  const { scene, clock, wish } = seat
  const now = useHouseTime(clock, 200)
  const leftMs = Math.max(0, Date.parse(scene.phase_ends_at) - now)
  const closed = leftMs === 0
  const wanted = scene.choices.find((choice) => choice.id === wish?.choiceId)
  return (
    <Fork
      title={t('voteTitle')}
      choices={scene.choices}
      chosen={wanted?.id ?? null}
      settled={false}
      revocable
      notice={notice}
      onChoose={(id) => {
        if (!closed && id !== wish?.choiceId && scene.choices.some((choice) => choice.id === id))
          seat.vote(id)
      }}
      above={
        <Ring
          share={1 - shareOf(scene.phase_started_at, scene.phase_ends_at, now)}
          seconds={Math.ceil(leftMs / 1000)}
        />
      }
      below={(choice) => <Bar choice={choice} mine={choice.id === wanted?.id} />}
    >
      <p className={`${choices.foot} ${styles.foot}`}>
        {wanted ? (
          <strong>{t(wish?.sure ? 'voted' : 'sending', { text: wanted.text })}</strong>
        ) : (
          t(desk ? 'voteHint' : 'voteHintTouch', { n: scene.choices.length })
        )}
        <span>{t('tieRule')}</span>
      </p>
      <p className="unseen" role="status">
        <Spoken seat={seat} leftMs={leftMs} voted={wish?.sure ? (wanted?.text ?? null) : null} />
      </p>
    </Fork>
  )
}

function Bar({ choice, mine }: { choice: BallotChoice; mine: boolean }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  return (
    <span className={styles.votes}>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ transform: `scaleX(${choice.percent / 100})` }} />
      </span>
      <span className={styles.figures}>
        <span>{t('voteCount', { n: format.count(choice.votes), percent: choice.percent })}</span>
        {mine && <span className={styles.mine}>{t('myVote')}</span>}
      </span>
    </span>
  )
}

const RADIUS = 26
const LENGTH = 2 * Math.PI * RADIUS

function Ring({ share, seconds }: { share: number; seconds: number }) {
  const t = useMessages(premiereMessages)
  return (
    <div className={styles.ring} role="timer" aria-label={t('voteLeft', { n: seconds })}>
      <svg viewBox="0 0 60 60" aria-hidden="true">
        <circle cx="30" cy="30" r={RADIUS} />
        <circle
          className={styles.left}
          cx="30"
          cy="30"
          r={RADIUS}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - share)}
        />
      </svg>
      <span aria-hidden="true">{seconds}</span>
    </div>
  )
}

/** What a screen reader says: that the vote is open, that one's vote has arrived, that it ends. Not each second, not each vote. */
function Spoken({
  seat: { scene },
  leftMs,
  voted,
}: {
  seat: Seat
  leftMs: number
  voted: string | null
}) {
  const t = useMessages(premiereMessages)
  const [said, setSaid] = useState('')
  const moment = leftMs === 0 ? 'closed' : leftMs <= ENDING_MS ? 'ending' : 'open'
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the vote opens, however the tally moves.
  useEffect(() => {
    if (moment === 'ending') setSaid(t('voteEnding'))
    else if (moment === 'closed') setSaid(t('voteClosing'))
    else {
      const ways = scene.choices.map((choice, index) => `${index + 1} ${choice.text}`).join('; ')
      setSaid(t('voteOpened', { seconds: Math.ceil(leftMs / 1000), ways }))
    }
  }, [moment, t])
  useEffect(() => {
    if (voted) setSaid(t('voted', { text: voted }))
  }, [voted, t])
  return said
}
