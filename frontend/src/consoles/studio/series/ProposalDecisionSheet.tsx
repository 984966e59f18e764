import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api, client, queryKeyOf } from '../../../api/client'
import type { AdoptBody, Proposal } from '../../../api/types'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { SheetDialog } from '../../../ui/SheetDialog'
import { showToast } from '../../../ui/Toast'
import { ProblemAlert } from '../../shared/ProblemAlert'
import styles from './Proposals.module.css'
import { proposalMessages } from './proposalMessages'

export type ProposalDecision = 'adopt' | 'decline'
type ReplyCode = NonNullable<AdoptBody['reply']>

/** Adopts or declines a proposal, with a reply from the platform's list. */
export function ProposalDecisionSheet({
  decision,
  proposal,
  onClose,
}: {
  decision: ProposalDecision
  proposal: Proposal
  onClose: () => void
}) {
  const t = useMessages(proposalMessages)
  const localized = useLocalizedText()
  const queryClient = useQueryClient()
  const id = useId()
  const [reply, setReply] = useState<ReplyCode>('')
  const [project, setProject] = useState(false)
  const [coWriter, setCoWriter] = useState(false)
  const replies = api.useQuery('get', '/api/v1/proposals/replies', undefined, {
    staleTime: Number.POSITIVE_INFINITY,
  })
  const decide = useMutation({
    // Sent again, it only adds what was not done yet.
    mutationFn: async () => {
      const params = { path: { proposal_id: proposal.id } }
      if (decision === 'decline') {
        await client.POST('/api/v1/proposals/{proposal_id}/decline', { params, body: { reply } })
      } else {
        await client.POST('/api/v1/proposals/{proposal_id}/adopt', {
          params,
          body: { reply, project, co_writer: coWriter },
        })
      }
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({
        queryKey: queryKeyOf('/api/v1/studio/series/{series_id}/proposals'),
      })
      showToast(t(decision === 'adopt' ? 'adoptedNow' : 'declinedNow'))
      onClose()
    },
  })
  const { title, author } = proposal
  return (
    <SheetDialog
      title={t(decision === 'adopt' ? 'adoptTitle' : 'declineTitle', { title })}
      onClose={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!decide.isPending) decide.mutate()
        }}
      >
        <p>
          {t(decision === 'adopt' ? 'adoptText' : 'declineText', { name: author.display_name })}
        </p>
        {decision === 'adopt' && (
          <>
            <Checkbox
              label={t('project')}
              checked={project}
              onChange={(event) => setProject(event.currentTarget.checked)}
            />
            <Checkbox
              label={t('coWriter', { name: author.display_name })}
              checked={coWriter}
              onChange={(event) => setCoWriter(event.currentTarget.checked)}
            />
          </>
        )}
        <div className={styles.field}>
          <label htmlFor={`${id}-reply`}>{t('reply')}</label>
          <select
            id={`${id}-reply`}
            value={reply}
            onChange={(event) => setReply(event.currentTarget.value as ReplyCode)}
          >
            <option value="">{t('replyNone')}</option>
            {replies.data?.map((cannedReply) => (
              <option key={cannedReply.code} value={cannedReply.code}>
                {localized(cannedReply.text)}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" loading={decide.isPending}>
          {t(decision)}
        </Button>
        <ProblemAlert error={decide.error} />
      </form>
    </SheetDialog>
  )
}
