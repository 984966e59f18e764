import { useEffect, useState } from 'react'
import type { PremiereState } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { SealBadge } from '../ui/SealBadge'
import { premiereMessages } from './messages'
import styles from './PremierePlayer.module.css'

type Turn = PremiereState['turns'][number]
const DISPLAY_MS = 5000

/** Shows the outcome of a vote for a moment, if this viewer saw it end. `round` counts votes. */
export function VoteOutcome({
  turn,
  round,
  fresh,
}: {
  turn: Turn | undefined
  round: number
  fresh: boolean
}) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const [seen, setSeen] = useState(fresh ? round : round - 1)
  const [shown, setShown] = useState<Turn | null>(null)
  useEffect(() => {
    if (!fresh || round <= seen || !turn?.choice_text) return
    setSeen(round)
    setShown(turn)
  }, [fresh, round, seen, turn])
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(null), DISPLAY_MS)
    return () => clearTimeout(timer)
  }, [shown])
  const won = shown?.tally.find((row) => row.choice_id === shown.choice_id)
  const tie = shown && won && shown.tally.filter((row) => row.votes === won.votes).length > 1
  return (
    <p className={styles.outcome} role="status">
      {shown && (
        <span>
          <SealBadge text={won?.seal || [...shown.choice_text][0] || ''} size={30} />
          {won?.votes === 0
            ? t('voteOutcomeNoVotes', { text: shown.choice_text })
            : tie
              ? t('voteOutcomeTie', { text: shown.choice_text })
              : t('voteOutcome', { text: shown.choice_text, votes: format.count(won?.votes ?? 0) })}
        </span>
      )}
    </p>
  )
}
