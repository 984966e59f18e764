import { Button, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, BY_CURSOR } from '../../api/client'
import type { FilingCard } from '../../api/types'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { FilterTabs } from '../shared/FilterTabs'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ScrollableTable } from '../shared/ScrollableTable'
import { filingMessages } from './messages'
import { filingRulesQuery } from './queries'
import { RuleTable } from './RuleTable'

const STATES = [
  'none',
  'number_given',
  'in_force',
  'retitled',
  'corrected',
  'revoked',
  'expired',
] as const
type FilingState = (typeof STATES)[number]

/** Series by how their filing stands, and the rules that numbers are given by. */
export function FilingHome() {
  const t = useMessages(filingMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('pageTitle'))
  const [state, setState] = useState<FilingState>('none')
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/filing/filings',
      { params: { query: { state } } },
      BY_CURSOR,
    ),
  )
  const rules = useQuery(filingRulesQuery)
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <h1>{t('pageTitle')}</h1>
      <FilterTabs
        label={t('state')}
        tabs={STATES.map((name) => ({ name, label: t(`list_${name}`) }))}
        selected={state}
        onSelect={setState}
      />
      {list.isPending && <Spinner small />}
      {list.isError && (
        <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess &&
        (list.items.length === 0 ? (
          <p className={layout.empty}>{t('empty')}</p>
        ) : (
          <FilingTable cards={list.items} />
        ))}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
      <section className={layout.section}>
        <h2>{t('rulesTitle')}</h2>
        {rules.isPending && <Spinner small />}
        {rules.isError && (
          <ErrorState level={2} error={rules.error} onRetry={() => void rules.refetch()} />
        )}
        {rules.data?.map((rule, index) => (
          <details key={rule.version} open={index === 0} className={layout.panel}>
            <summary>
              <strong>{t(`kind_${rule.kind}`)}</strong> · {t('effective')} {rule.effective} ·{' '}
              {t(`certainty_${rule.certainty}`)}
            </summary>
            <RuleTable rule={rule} />
          </details>
        ))}
      </section>
    </main>
  )
}

function FilingTable({ cards }: { cards: FilingCard[] }) {
  const t = useMessages(filingMessages)
  const format = useFormat()
  return (
    <ScrollableTable label={t('pageTitle')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('series')}</Table.Th>
          <Table.Th>{t('creator')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>{t('number')}</Table.Th>
          <Table.Th>{t('changed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cards.map((card) => (
          <Table.Tr key={card.series.id}>
            <Table.Td>
              <Link
                to="/filing/$seriesId"
                params={{ seriesId: card.series.id }}
                className={layout.title}
              >
                {card.series.title}
              </Link>
              {card.retitled && (
                <span className={layout.flag}>
                  {t('retitledFrom', { title: card.filed_title })}
                </span>
              )}
              {card.waits && <span className={layout.flag}>{t('waitsForFiling')}</span>}
            </Table.Td>
            <Table.Td>{card.series.creator.display_name}</Table.Td>
            <Table.Td>{t(`state_${card.state}`)}</Table.Td>
            <Table.Td>
              {card.number || '—'}
              {card.demonstration && <span className={layout.flag}>{t('demo')}</span>}
            </Table.Td>
            <Table.Td>{card.changed_at ? format.ago(card.changed_at) : '—'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollableTable>
  )
}
