import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../../api/problem'
import { untyped as api } from '../../../api/untyped'
import { newId } from '../../../api/uuid'
import { useMessages } from '../../../i18n/messages'
import { Icon } from '../../../ui/Icon'
import { showToast } from '../../../ui/Toast'
import { consoleMessages } from '../../shared/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import type { StudioSeries } from '../../types'
import {
  type ChoiceRow,
  COMPARISON_OPERATORS,
  type ComparisonOperator,
  choiceToRow,
  type EffectRow,
  rowToChoice,
} from './choiceRows'
import styles from './GraphEditor.module.css'
import { GraphPreview } from './GraphPreview'
import { seriesMessages } from './seriesMessages'

/** The ways between episodes: drawn above, written below; saved whole, each fault told at its row. */
export function GraphEditor({ series }: { series: StudioSeries }) {
  const t = useMessages(seriesMessages)
  const d = useMessages(consoleMessages)
  const client = useQueryClient()
  const [draft, setDraft] = useState<ChoiceRow[] | null>(null)
  const savedRows = series.choices.map((choice, number) =>
    choiceToRow(choice, choice.id ?? String(number)),
  )
  const rows = draft ?? savedRows
  const save = useMutation({
    mutationFn: () => api.put(`/series/${series.id}/graph`, { choices: rows.map(rowToChoice) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['studio-series', series.id] })
      setDraft(null)
      showToast(d('saved'))
    },
  })
  const errors = save.error instanceof Problem ? save.error.errors : []
  const changeRows = (rows: ChoiceRow[]) => {
    if (save.isError) save.reset()
    setDraft(rows)
  }
  const [first, second] = series.episodes
  if (!first || !second) return <p className={styles.intro}>{t('storyFirst')}</p>

  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <p className={styles.intro}>{t('storyText')}</p>
      <GraphPreview episodes={series.episodes} rows={rows} language={series.language} />
      <ol className={styles.choices}>
        {rows.map((row, number) => (
          <li key={row.key}>
            <ChoiceFields
              row={row}
              number={number + 1}
              series={series}
              errors={errors
                .filter((error) => error.index === number)
                .map((error) => `${error.field}: ${error.message}`)}
              onChange={(next) =>
                changeRows(rows.map((other) => (other.key === row.key ? next : other)))
              }
              onRemove={() => changeRows(rows.filter((other) => other.key !== row.key))}
            />
          </li>
        ))}
      </ol>
      <div className={styles.actions}>
        <Button
          variant="default"
          onClick={() =>
            changeRows([
              ...rows,
              {
                key: newId(),
                from: first.id,
                to: second.id,
                text: '',
                seal: '',
                comparison: null,
                compound: null,
                effects: [],
              },
            ])
          }
        >
          {t('addChoice')}
        </Button>
        <span className={styles.grow} role="status">
          {draft ? t('unsaved') : ''}
        </span>
        <Button
          variant="default"
          disabled={!draft}
          onClick={() => {
            setDraft(null)
            save.reset()
          }}
        >
          {t('discard')}
        </Button>
        <Button type="submit" disabled={!draft} loading={save.isPending}>
          {t('saveStory')}
        </Button>
      </div>
      <ProblemAlert error={save.error} />
    </form>
  )
}

function ChoiceFields({
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

function ConditionFields({
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

function EffectFields({
  effects,
  onChange,
  onAdd,
}: {
  effects: EffectRow[]
  onChange: (effects: EffectRow[]) => void
  onAdd: () => void
}) {
  const t = useMessages(seriesMessages)
  const set = (key: string, part: Partial<EffectRow>) =>
    onChange(effects.map((other) => (other.key === key ? { ...other, ...part } : other)))
  return (
    <fieldset className={styles.effects}>
      <legend className="unseen">{t('effects')}</legend>
      <span className={styles.label} aria-hidden="true">
        {t('effects')}
      </span>
      {effects.map((effect) => (
        <div key={effect.key} className={styles.effect}>
          <TextInput
            aria-label={t('variable')}
            placeholder={t('variable')}
            value={effect.var}
            maxLength={30}
            onChange={(event) => set(effect.key, { var: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={t('effects')}
            value={effect.op}
            data={[
              { value: 'add', label: t('effect_add') },
              { value: 'set', label: t('effect_set') },
            ]}
            onChange={(event) =>
              set(effect.key, { op: event.currentTarget.value as 'set' | 'add' })
            }
          />
          <TextInput
            aria-label={t('value')}
            value={effect.value}
            onChange={(event) => set(effect.key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="lamp"
            aria-label={t('removeEffect')}
            onClick={() => onChange(effects.filter((other) => other.key !== effect.key))}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={onAdd}>
        {t('addEffect')}
      </Button>
    </fieldset>
  )
}
