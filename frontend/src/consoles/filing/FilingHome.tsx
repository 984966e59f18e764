import { Button, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { Lists } from '../desk/Lists'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { usePages } from '../desk/usePages'
import { WideTable } from '../desk/WideTable'
import type { FilingCard, FilingRule } from '../types'
import { filingMessages } from './messages'
import { RuleTable } from './RuleTable'

const STATES = ['none', 'number_given', 'in_force', 'revoked', 'expired'] as const
type State = (typeof STATES)[number]

/** Series by how their filing stands, and the rules that numbers are given by. */
export function FilingHome() {
  const t = useMessages(filingMessages)
  const d = useMessages(deskMessages)
  usePageTitle(t('desk'))
  const [state, setState] = useState<State>('none')
  const list = usePages<FilingCard>('/filing/filings', { state })
  const rules = useQuery({
    queryKey: ['filing-rules'],
    queryFn: ({ signal }) => api.get<FilingRule[]>('/filing/rules', undefined, signal),
  })
  return (
    <main id="content" tabIndex={-1} className={desk.page}>
      <h1>{t('desk')}</h1>
      <Lists
        label={t('state')}
        lists={STATES.map((name) => ({ name, label: t(`list_${name}`) }))}
        chosen={state}
        onChoose={setState}
      />
      {list.isPending && <Lamp small />}
      {list.isError && <Failed level={2} error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess &&
        (list.items.length === 0 ? (
          <p className={desk.empty}>{t('empty')}</p>
        ) : (
          <Register cards={list.items} />
        ))}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
      <section className={desk.section}>
        <h2>{t('rulesTitle')}</h2>
        {rules.isPending && <Lamp small />}
        {rules.isError && (
          <Failed level={2} error={rules.error} onRetry={() => void rules.refetch()} />
        )}
        {rules.data?.map((rule, place) => (
          <details key={rule.version} open={place === 0} className={desk.sheet}>
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

function Register({ cards }: { cards: FilingCard[] }) {
  const t = useMessages(filingMessages)
  const format = useFormat()
  return (
    <WideTable label={t('desk')}>
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
                className={desk.title}
              >
                {card.series.title}
              </Link>
              {card.waits && <span className={desk.flag}>{t('waits')}</span>}
            </Table.Td>
            <Table.Td>{card.series.creator.display_name}</Table.Td>
            <Table.Td>{t(`state_${card.state}`)}</Table.Td>
            <Table.Td>
              {card.number || '—'}
              {card.demonstration && <span className={desk.flag}>{t('demo')}</span>}
            </Table.Td>
            <Table.Td>{card.changed_at ? format.ago(card.changed_at) : '—'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  )
}
