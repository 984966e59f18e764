import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Proposal } from '../../../api/types'
import { useFormat } from '../../../i18n/format'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { Icon } from '../../../ui/Icon'
import { SealBadge } from '../../../ui/SealBadge'
import type { ProposalDecision } from './ProposalDecisionSheet'
import styles from './Proposals.module.css'
import { proposalMessages } from './proposalMessages'

/** One proposal as its creator sees it; while it is open, with what may be decided. */
export function ProposalRow({
  proposal,
  onDecide,
}: {
  proposal: Proposal
  onDecide: (decision: ProposalDecision) => void
}) {
  const t = useMessages(proposalMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const { from_episode } = proposal
  return (
    <article className={styles.row}>
      {proposal.state === 'adopted' && <SealBadge text="采" size={30} />}
      <div className={styles.content}>
        <h3>{proposal.title}</h3>
        {from_episode && (
          <p className={styles.branch}>
            <Icon name="fork" size={16} />
            {t('branch', {
              number: from_episode.number,
              title: from_episode.title,
              text: proposal.choice_text,
            })}
          </p>
        )}
        <p className={styles.text}>{proposal.text}</p>
        <p className={styles.muted}>
          {t('byLine', {
            name: proposal.author.display_name,
            when: format.ago(proposal.created_at),
            n: proposal.supports,
          })}
        </p>
        {proposal.state !== 'open' && (
          <p className={styles.decided}>
            {t(proposal.state === 'adopted' ? 'adopted' : 'declined')}
            {proposal.reply && ` · ${localized(proposal.reply)}`}
            {proposal.project_id && (
              <Link to="/studio/projects/$projectId" params={{ projectId: proposal.project_id }}>
                {t('toProject')}
              </Link>
            )}
          </p>
        )}
      </div>
      {proposal.state === 'open' && (
        <div className={styles.actions}>
          <Button
            onClick={() => onDecide('adopt')}
            aria-label={t('adoptTitle', { title: proposal.title })}
          >
            {t('adopt')}
          </Button>
          <Button
            variant="default"
            onClick={() => onDecide('decline')}
            aria-label={t('declineTitle', { title: proposal.title })}
          >
            {t('decline')}
          </Button>
        </div>
      )}
    </article>
  )
}
