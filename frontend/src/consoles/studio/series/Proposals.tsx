import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { api, BY_CURSOR, client, queryKeyOf } from '../../../api/client'
import type { AdoptBody, Proposal, StudioSeries } from '../../../api/types'
import { withItems } from '../../../api/withItems'
import { useFormat } from '../../../i18n/format'
import { useWords } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { ErrorState } from '../../../ui/ErrorState'
import { Icon } from '../../../ui/Icon'
import { SealBadge } from '../../../ui/SealBadge'
import { SheetDialog } from '../../../ui/SheetDialog'
import { Spinner } from '../../../ui/Spinner'
import { showToast } from '../../../ui/Toast'
import { FilterTabs } from '../../shared/FilterTabs'
import { ProblemAlert } from '../../shared/ProblemAlert'
import styles from './Proposals.module.css'
import { proposalMessages } from './proposalMessages'

type ProposalDecision = 'adopt' | 'decline'
type ReplyCode = NonNullable<AdoptBody['reply']>

/** What the audience proposed for one's own series: to adopt, with its credit, or to leave be. */
export function Proposals({ series }: { series: StudioSeries }) {
  const t = useMessages(proposalMessages)
  const [filter, setFilter] = useState<'open' | 'decided'>('open')
  const [pending, setPending] = useState<{ decision: ProposalDecision; proposal: Proposal } | null>(
    null,
  )
  const proposals = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/studio/series/{series_id}/proposals',
      {
        params: {
          path: { series_id: series.id },
          query: filter === 'decided' ? { decided: true, order: 'newest' } : {},
        },
      },
      BY_CURSOR,
    ),
  )
  return (
    <section aria-labelledby="proposals" className={styles.section}>
      <h2 id="proposals">{t('title')}</h2>
      <p className={styles.muted}>{t('lead')}</p>
      <FilterTabs
        label={t('which')}
        tabs={[
          { name: 'open', label: t('open') },
          { name: 'decided', label: t('decided') },
        ]}
        selected={filter}
        onSelect={setFilter}
      />
      {proposals.isPending && <Spinner small />}
      {proposals.isError && (
        <ErrorState level={2} error={proposals.error} onRetry={() => void proposals.refetch()} />
      )}
      {proposals.isSuccess && proposals.items.length === 0 && (
        <p className={styles.empty}>{t(filter === 'open' ? 'empty' : 'emptyDecided')}</p>
      )}
      <ul className={styles.list}>
        {proposals.items.map((proposal) => (
          <li key={proposal.id}>
            <ProposalRow
              proposal={proposal}
              onDecide={(decision) => setPending({ decision, proposal })}
            />
          </li>
        ))}
      </ul>
      {proposals.hasNextPage && (
        <Button variant="default" onClick={() => void proposals.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {pending && <DecisionSheet {...pending} onClose={() => setPending(null)} />}
    </section>
  )
}

function ProposalRow({
  proposal,
  onDecide,
}: {
  proposal: Proposal
  onDecide: (decision: ProposalDecision) => void
}) {
  const t = useMessages(proposalMessages)
  const words = useWords()
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
            {proposal.reply && ` · ${words(proposal.reply)}`}
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

function DecisionSheet({
  decision,
  proposal,
  onClose,
}: {
  decision: ProposalDecision
  proposal: Proposal
  onClose: () => void
}) {
  const t = useMessages(proposalMessages)
  const words = useWords()
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
                {words(cannedReply.text)}
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

/** The way to the series' writing room, which is opened with the first visit. */
export function PromptBook({ seriesId }: { seriesId: string }) {
  const t = useMessages(proposalMessages)
  const navigate = useNavigate()
  const open = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/series/{series_id}/writing', {
        params: { path: { series_id: seriesId } },
      }),
    onSuccess: () => void navigate({ to: '/studio/writing/$seriesId', params: { seriesId } }),
  })
  return (
    <section aria-labelledby="book" className={styles.section}>
      <h2 id="book">{t('book')}</h2>
      <p className={styles.muted}>{t('bookText')}</p>
      <div>
        <Button variant="default" loading={open.isPending} onClick={() => open.mutate()}>
          {t('openBook')}
        </Button>
      </div>
      <ProblemAlert error={open.error} />
    </section>
  )
}
