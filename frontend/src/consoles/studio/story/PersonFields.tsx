import type { FactCorrection, StoryFact } from '../../../api/types'
import { useMessages } from '../../../i18n/messages'
import styles from './Story.module.css'
import { storyMessages } from './storyMessages'

export const SEXES = ['f', 'm', 'none'] as const
export const AGES = ['child', 'young', 'adult', 'old'] as const
export const BEINGS = [
  'human',
  'ghost',
  'fox',
  'spirit',
  'immortal',
  'dragon',
  'animal',
  'robot',
  'ai',
] as const

type Change = Partial<Pick<FactCorrection, 'sex' | 'age' | 'being'>>

/** Sex, age and kind of somebody; where the sex is not sure, it is asked. */
export function PersonFields({
  fact,
  person,
  disabled,
  onChange,
}: {
  fact: StoryFact
  person: NonNullable<StoryFact['person']>
  disabled: boolean
  onChange: (change: Change) => void
}) {
  const t = useMessages(storyMessages)
  const name = fact.text
  return (
    <>
      {person.asked && (
        <span className={styles.ask}>
          <span>{t('ask', { name })}</span>
          <button type="button" disabled={disabled} onClick={() => onChange({ sex: 'f' })}>
            {t('sex_f')}
          </button>
          <button type="button" disabled={disabled} onClick={() => onChange({ sex: 'm' })}>
            {t('sex_m')}
          </button>
        </span>
      )}
      <span className={styles.fields}>
        <select
          aria-label={t('fieldOf', { name, field: t('sex') })}
          value={person.sex ?? ''}
          disabled={disabled}
          onChange={(event) => {
            const sex = SEXES.find((value) => value === event.currentTarget.value)
            if (sex) onChange({ sex })
          }}
        >
          {person.sex === null && <option value="">{t('sex_')}</option>}
          {SEXES.map((sex) => (
            <option key={sex} value={sex}>
              {t(`sex_${sex}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('fieldOf', { name, field: t('age') })}
          value={person.age ?? ''}
          disabled={disabled}
          onChange={(event) => {
            const age = AGES.find((value) => value === event.currentTarget.value)
            if (age) onChange({ age })
          }}
        >
          {person.age === null && <option value="">{t('age_')}</option>}
          {AGES.map((age) => (
            <option key={age} value={age}>
              {t(`age_${age}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('fieldOf', { name, field: t('being') })}
          value={person.being}
          disabled={disabled}
          onChange={(event) => {
            const being = BEINGS.find((value) => value === event.currentTarget.value)
            if (being) onChange({ being })
          }}
        >
          {BEINGS.map((being) => (
            <option key={being} value={being}>
              {t(`being_${being}`)}
            </option>
          ))}
        </select>
      </span>
    </>
  )
}
