import { Table } from '@mantine/core'
import type { FilingRule } from '../../api/types'
import { useLanguage, useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import layout from '../shared/PageLayout.module.css'
import { ScrollableTable } from '../shared/ScrollableTable'
import { filingMessages } from './messages'
import { formatMoney } from './money'

/** One version of the filing rules: tiers by budget, number patterns, certainty and sources. */
export function RuleTable({ rule }: { rule: FilingRule }) {
  const t = useMessages(filingMessages)
  const localized = useLocalizedText()
  const language = useLanguage()
  const amount = (fen: number) => formatMoney(fen, language)
  return (
    <div className={layout.stack}>
      <ScrollableTable label={rule.version}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('tier')}</Table.Th>
            <Table.Th>{t('budgetRange')}</Table.Th>
            <Table.Th>{t('pattern')}</Table.Th>
            <Table.Th>{t('certainty')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rule.tiers.map((tier) => (
            <Table.Tr key={tier.tier}>
              <Table.Td>{localized(tier.name)}</Table.Td>
              <Table.Td>
                {[
                  tier.budget_from_fen > 0
                    ? t('from', { amount: amount(tier.budget_from_fen) })
                    : '',
                  tier.budget_below_fen
                    ? t('below', { amount: amount(tier.budget_below_fen) })
                    : '',
                ]
                  .filter(Boolean)
                  .join(' · ') || t('any')}
              </Table.Td>
              <Table.Td lang="zh-Hans">{tier.example}</Table.Td>
              <Table.Td>{t(`certainty_${tier.pattern_certainty as 'H' | 'M' | 'L'}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollableTable>
      <p className={layout.muted}>
        {t('themes')}: <span lang="zh-Hans">{rule.special_themes.join('、')}</span>
      </p>
      <p className={layout.muted}>
        {t('sources')}: <span lang="zh-Hans">{rule.sources.join('；')}</span>
      </p>
    </div>
  )
}
