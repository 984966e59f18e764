import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, BY_CURSOR } from '../../../api/client'
import type { Proposal, StudioSeries } from '../../../api/types'
import { withItems } from '../../../api/withItems'
import { useMessages } from '../../../i18n/messages'
import { ErrorState } from '../../../ui/ErrorState'
import { Spinner } from '../../../ui/Spinner'
import { FilterTabs } from '../../shared/FilterTabs'
import { type ProposalDecision, ProposalDecisionSheet } from './ProposalDecisionSheet'
import { ProposalRow } from './ProposalRow'
import styles from './Proposals.module.css'
import { proposalMessages } from './proposalMessages'

/** What the audience proposed for the creator's series: to adopt with credit, or to decline. */
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
      {pending && <ProposalDecisionSheet {...pending} onClose={() => setPending(null)} />}
    </section>
  )
}
