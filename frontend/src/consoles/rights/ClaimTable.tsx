import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ClaimCard } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { useTargetText } from '../../rights/ClaimParts'
import { claimMessages } from '../../rights/claimMessages'
import layout from '../shared/PageLayout.module.css'
import { ScrollableTable } from '../shared/ScrollableTable'
import { ClaimDueTime } from './ClaimDueTime'
import { rightsMessages } from './messages'

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
