import { Button, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { useTargetText } from '../../rights/ClaimParts'
import { claimMessages } from '../../rights/claimMessages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { FilterTabs } from '../shared/FilterTabs'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ScrollableTable } from '../shared/ScrollableTable'
import { usePaginatedList } from '../shared/usePaginatedList'
import type { ClaimCard, Jurisdiction } from '../types'
import { ClaimDueTime } from './ClaimDueTime'
import { rightsMessages } from './messages'
import { RightsNav } from './RightsNav'
import { useTermsSummary } from './useTermsSummary'

const STATES = [
  'received',
  'incomplete',
  'standing',
  'countered',
  'restored',
  'withdrawn',
  'rejected',
  'upheld',
] as const
type StateFilter = 'open' | (typeof STATES)[number]

/** Claims on their way, what is due first at the top; and the rules that they go by. */
export function RightsHome() {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('desk'))
  const [state, setState] = useState<StateFilter>('open')
  const list = usePaginatedList<ClaimCard>('/rights/claims', { state }, { refetchInterval: 30_000 })
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <h1>{t('desk')}</h1>
      <RightsNav />
      <FilterTabs
        label={t('state')}
        tabs={[
          { name: 'open', label: t('list_open') },
          ...STATES.map((name) => ({ name, label: c(`state_${name}`) })),
        ]}
        selected={state}
        onSelect={setState}
      />
      {list.isPending && <Spinner small />}
      {list.isError && (
        <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && list.items.length === 0 && (
        <p className={layout.empty}>{t('claimsEmpty')}</p>
      )}
      {list.items.length > 0 && <ClaimTable claims={list.items} />}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
      <JurisdictionTerms />
    </main>
  )
}

/** Claims as a table; the number leads to the claim. */
export function ClaimTable({ claims }: { claims: ClaimCard[] }) {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const format = useFormat()
  const targetText = useTargetText()
  return (
    <ScrollableTable label={t('claims')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('number')}</Table.Th>
          <Table.Th>{t('series')}</Table.Th>
          <Table.Th>{c('claimant')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>{t('clock')}</Table.Th>
          <Table.Th>{t('received')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {claims.map((claim) => (
          <Table.Tr key={claim.id}>
            <Table.Td>
              <Link
                to="/rights/desk/$claimId"
                params={{ claimId: claim.id }}
                className={`${layout.title} ${layout.noWrap}`}
              >
                {claim.number}
              </Link>
            </Table.Td>
            <Table.Td>
              {claim.series.title}
              <div className={layout.muted}>{targetText(claim)}</div>
            </Table.Td>
            <Table.Td>
              {claim.claimant_name}
              <div className={layout.muted}>{claim.work_title}</div>
            </Table.Td>
            <Table.Td>{c(`state_${claim.state}`)}</Table.Td>
            <Table.Td>
              <ClaimDueTime claim={claim} />
            </Table.Td>
            <Table.Td>{format.ago(claim.received_at)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollableTable>
  )
}

/** Every version of every jurisdiction's terms. */
function JurisdictionTerms() {
  const t = useMessages(rightsMessages)
  const termsSummary = useTermsSummary()
  const language = useLanguage()
  const profiles = useQuery({
    queryKey: ['rights-profiles'],
    queryFn: ({ signal }) => api.get<Jurisdiction[]>('/rights/profiles', undefined, signal),
  })
  return (
    <section className={layout.section} aria-labelledby="terms">
      <h2 id="terms">{t('terms')}</h2>
      {profiles.isPending && <Spinner small />}
      {profiles.isError && (
        <ErrorState level={2} error={profiles.error} onRetry={() => void profiles.refetch()} />
      )}
      {profiles.data?.map(({ version, effective, certainty, sources, terms }) => (
        <details key={version} className={layout.panel}>
          <summary>
            <strong>{terms[language]}</strong> · {t('effective', { date: effective })} ·{' '}
            {t(`certainty_${certainty}`)}
          </summary>
          <div className={layout.stack}>
            <p>{termsSummary({ ...terms, restores_at_once: terms.restore === 'at_once' })}</p>
            <p className={layout.muted}>
              {t('actWithin', { n: terms.act_within_hours })} · {version}
            </p>
            <ul className={layout.muted} lang="zh-Hans">
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </div>
        </details>
      ))}
    </section>
  )
}
