import { NativeSelect, TextInput } from '@mantine/core'
import { useMessages } from '../../../i18n/messages'
import { type ChoiceRow, COMPARISON_OPERATORS, type ComparisonOperator } from './choiceRows'
import { seriesMessages } from './seriesMessages'

/** A condition that compares one variable with a value. */
export function ConditionFields({
  row,
  set,
}: {
  row: ChoiceRow
  set: (part: Partial<ChoiceRow>) => void
}) {
  const t = useMessages(seriesMessages)
  const { comparison } = row
  if (!comparison) return null
  return (
    <>
      <TextInput
        label={t('variable')}
        value={comparison.var}
        maxLength={30}
        onChange={(event) => set({ comparison: { ...comparison, var: event.currentTarget.value } })}
      />
      <NativeSelect
        aria-label={t('condition')}
        value={comparison.op}
        data={COMPARISON_OPERATORS.map((op) => ({ value: op, label: t(`op_${op}`) }))}
        onChange={(event) =>
          set({
            comparison: { ...comparison, op: event.currentTarget.value as ComparisonOperator },
          })
        }
      />
      <TextInput
        label={t('value')}
        value={comparison.value}
        onChange={(event) =>
          set({ comparison: { ...comparison, value: event.currentTarget.value } })
        }
      />
    </>
  )
}
