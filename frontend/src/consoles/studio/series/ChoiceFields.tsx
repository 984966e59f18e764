import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import type { StudioSeries } from '../../../api/types'
import { newId } from '../../../api/uuid'
import { useMessages } from '../../../i18n/messages'
import { Icon } from '../../../ui/Icon'
import { ConditionFields } from './ConditionFields'
import type { ChoiceRow } from './choiceRows'
import { EffectFields } from './EffectFields'
import styles from './GraphEditor.module.css'
import { seriesMessages } from './seriesMessages'
import { WaitingWords } from './WaitingWords'

/** One choice of the story graph: its episodes, text, condition and effects. */
export function ChoiceFields({
  row,
  number,
  series,
  errors,
  onChange,
  onRemove,
}: {
  row: ChoiceRow
  number: number
  series: StudioSeries
  errors: string[]
  onChange: (row: ChoiceRow) => void
  onRemove: () => void
}) {
  const t = useMessages(seriesMessages)
  const set = (part: Partial<ChoiceRow>) => onChange({ ...row, ...part })
  const episodes = series.episodes.map((episode) => ({
    value: episode.id,
    label: `${episode.number} · ${episode.title}`,
  }))
  return (
    <fieldset className={styles.choice} data-faulty={errors.length > 0 || undefined}>
      <legend className="unseen">{t('choice', { n: number })}</legend>
      <div className={styles.fields}>
        <NativeSelect
          label={t('from')}
          value={row.from}
          data={episodes}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t('choiceText')}
          value={row.text}
          maxLength={60}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <TextInput
          label={t('choiceSeal')}
          value={row.seal}
          maxLength={2}
          onChange={(event) => set({ seal: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('to')}
          value={row.to}
          data={episodes}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <ActionIcon
          variant="subtle"
          color="lamp"
          size="lg"
          aria-label={t('removeChoice', { n: number })}
          onClick={onRemove}
          className={styles.remove}
        >
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      {row.id && <WaitingWords series={series} objectId={row.id} />}
      <div className={styles.condition}>
        <NativeSelect
          label={t('condition')}
          value={row.compound ? 'tree' : row.comparison ? 'when' : 'always'}
          onChange={(event) =>
            set({
              compound: null,
              comparison:
                event.currentTarget.value === 'when' ? { var: '', op: 'ge', value: '1' } : null,
            })
          }
          data={[
            { value: 'always', label: t('always') },
            { value: 'when', label: t('when') },
            ...(row.compound ? [{ value: 'tree', label: t('compound') }] : []),
          ]}
        />
        {row.comparison && <ConditionFields row={row} set={set} />}
      </div>
      <EffectFields
        effects={row.effects}
        onChange={(effects) => set({ effects })}
        onAdd={() =>
          set({ effects: [...row.effects, { key: newId(), var: '', op: 'add', value: '1' }] })
        }
      />
      {errors.length > 0 && (
        <div role="alert">
          <ul className={styles.errors}>
            {errors.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        </div>
      )}
    </fieldset>
  )
}
