import type { ReactNode } from 'react'
import type { FactCorrection, StoryFact, StoryState } from '../../../api/types'
import { useFormat } from '../../../i18n/format'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { correctionOf, FACT_KINDS, factKey } from './facts'
import { PersonFields } from './PersonFields'
import styles from './Story.module.css'
import { storyMessages } from './storyMessages'

const SHOWN_PLACES = 3

export interface FactListProps {
  story: StoryState
  active: StoryFact | null
  disabled: boolean
  onActive: (fact: StoryFact | null) => void
  onCorrect: (correction: FactCorrection) => void
  /** Goes to a shot of the storyboard or a second of the film. */
  onPlace: (number: number, second: number) => void
}

/** The facts by kind: each says where it stands, and what is wrong is put right by a tap. */
export function FactList(props: FactListProps) {
  const t = useMessages(storyMessages)
  const { story } = props
  const facts = story.facts ?? []
  return (
    <div className={styles.kinds}>
      {FACT_KINDS.map((kind) => {
        const found = facts.filter((fact) => fact.kind === kind)
        if (found.length === 0) return null
        return (
          <section key={kind} aria-label={t(`kind_${kind}`)}>
            <h3>{t(`kind_${kind}`)}</h3>
            <ul className={kind === 'person' ? styles.people : styles.chips}>
              {found.map((fact) => (
                <FactItem key={factKey(fact)} fact={fact} {...props} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function FactItem({
  fact,
  active,
  disabled,
  onActive,
  onCorrect,
  onPlace,
}: FactListProps & { fact: StoryFact }) {
  const t = useMessages(storyMessages)
  const isActive = active !== null && factKey(active) === factKey(fact)
  const remove = fact.kind === 'person' ? 'noPerson' : 'wrong'
  return (
    <li
      className={styles.fact}
      data-kind={fact.kind}
      data-active={isActive || undefined}
      onPointerEnter={(event) => event.pointerType === 'mouse' && onActive(fact)}
    >
      <span className={styles.factHead}>
        <button
          type="button"
          className={styles.factName}
          aria-pressed={isActive}
          onFocus={() => onActive(fact)}
          onClick={() => onActive(fact)}
        >
          {fact.text}
          {fact.person?.group && <small> {t('group')}</small>}
        </button>
        <button
          type="button"
          className={styles.remove}
          disabled={disabled}
          aria-label={
            remove === 'noPerson'
              ? t('noPerson', { name: fact.text })
              : t('wrong', { text: fact.text })
          }
          onClick={() => onCorrect(correctionOf(fact, 'remove'))}
        >
          {t(remove === 'noPerson' ? 'noPersonShort' : 'wrongShort')}
        </button>
      </span>
      {fact.person && (
        <PersonFields
          fact={fact}
          person={fact.person}
          disabled={disabled}
          onChange={(change) => onCorrect(correctionOf(fact, 'change', change))}
        />
      )}
      <Places fact={fact} onPlace={onPlace} />
    </li>
  )
}

function Places({
  fact,
  onPlace,
}: {
  fact: StoryFact
  onPlace: FactListProps['onPlace']
}): ReactNode {
  const t = useMessages(storyMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  if (fact.missing) return <small className={styles.missing}>{localized(fact.missing)}</small>
  if (fact.places.length === 0) return null
  const rest = fact.places.length - SHOWN_PLACES
  return (
    <span className={styles.places}>
      {fact.places.slice(0, SHOWN_PLACES).map((place) => {
        const clock = format.clock(place.second * 1000)
        return (
          <button
            key={place.shot}
            type="button"
            aria-label={t('toPlace', { text: fact.text, n: place.number, clock })}
            onClick={() => onPlace(place.number, place.second)}
          >
            {t('place_n', { n: place.number, clock })}
          </button>
        )
      })}
      {rest > 0 && <small>{t('morePlaces', { n: rest })}</small>}
    </span>
  )
}
