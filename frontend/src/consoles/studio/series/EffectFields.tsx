import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { useMessages } from '../../../i18n/messages'
import { Icon } from '../../../ui/Icon'
import type { EffectRow } from './choiceRows'
import styles from './GraphEditor.module.css'
import { seriesMessages } from './seriesMessages'

/** What taking a choice sets or adds to variables. */
export function EffectFields({
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
