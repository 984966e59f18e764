import type { PremiereState } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import styles from '../player/StoryPath.module.css'
import { premiereMessages } from './messages'

/** The episodes that were shown, and what was chosen after each. */
export function EpisodePath({ turns }: { turns: PremiereState['turns'] }) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  return (
    <ol className={styles.way}>
      {turns.map((turn) => {
        const won = turn.tally.find((row) => row.choice_id === turn.choice_id)
        return (
          <li key={turn.seq}>
            <span>{t('stepPlain', { number: turn.number, title: turn.title })}</span>
            {turn.choice_text && (
              <span className={styles.choice}>
                {won
                  ? t('stepVotes', { text: turn.choice_text, votes: format.count(won.votes) })
                  : t('stepChoice', { text: turn.choice_text })}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
