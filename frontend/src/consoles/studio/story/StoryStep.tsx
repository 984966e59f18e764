import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FactCorrection, Project, StoryFact, StoryState } from '../../../api/types'
import { langOf } from '../../../i18n/language'
import { type Translate, useMessages } from '../../../i18n/messages'
import { ErrorState } from '../../../ui/ErrorState'
import { Spinner } from '../../../ui/Spinner'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { isBusy } from '../project'
import { Drafts } from './Drafts'
import { FactList } from './FactList'
import { factKey, placeOfWord, withCorrection, withoutCorrection, wordsAt } from './facts'
import { IdeaText } from './IdeaText'
import styles from './Story.module.css'
import { storyMessages } from './storyMessages'
import { useCorrections, useMaterial, useStory } from './useStory'

type Translator = Translate<(typeof storyMessages)['zh']>
const MATERIALS = ['', 'idea', 'prose', 'screenplay', 'words'] as const

/** What the maker wrote, what was read in it, and drafts to choose from. */
export function StoryStep({
  project,
  onProject,
  onPlace,
}: {
  project: Project
  onProject: (project: Project) => void
  onPlace: (number: number, second: number) => void
}) {
  const t = useMessages(storyMessages)
  const { query, set } = useStory(project)
  if (query.isError) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) {
    return (
      <section className={styles.story}>
        <h2>{t('yourWords')}</h2>
        <blockquote className={styles.text} lang={langOf(project.language)}>
          {project.idea}
        </blockquote>
        <Spinner />
      </section>
    )
  }
  return (
    <div className={styles.story}>
      <Reading project={project} story={query.data} onStory={set} onPlace={onPlace} />
      <Drafts project={project} story={query.data} onProject={onProject} />
    </div>
  )
}

function Reading({
  project,
  story,
  onStory,
  onPlace,
}: {
  project: Project
  story: StoryState
  onStory: (story: StoryState) => void
  onPlace: (number: number, second: number) => void
}) {
  const t = useMessages(storyMessages)
  const [chosen, setChosen] = useState<string | null>(null)
  const [word, setWord] = useState('')
  const correct = useCorrections(story, onStory)
  const material = useMaterial(story, onStory)
  const locked = project.cut_id !== null
  const disabled = locked || correct.isPending
  const active = story.facts?.find((fact) => factKey(fact) === chosen) ?? null
  const send = (correction: FactCorrection) =>
    correct.mutate(withCorrection(story.corrections, correction))
  const kind = story.recognised === '' ? null : t(`material_${story.recognised}`)
  return (
    <section className={styles.reading} aria-labelledby="your-words">
      <h2 id="your-words">{t('yourWords')}</h2>
      <IdeaText project={project} story={story} active={active} onSelect={setWord} />
      <div className={styles.material}>
        <NativeSelect
          label={t('material')}
          value={story.material}
          disabled={locked || material.isPending}
          onChange={(event) => {
            const next = MATERIALS.find((value) => value === event.currentTarget.value)
            if (next !== undefined) material.mutate(next)
          }}
          data={MATERIALS.map((value) => ({ value, label: t(`material_${value}`) }))}
        />
        {kind && <p className={styles.hint}>{t('recognisedAs', { kind })}</p>}
      </div>
      <ProblemAlert error={material.error} />
      {story.facts === null ? (
        <p className={styles.hint}>
          {t(story.recognised === '' ? 'notReadYet' : 'screenplayFacts')}
        </p>
      ) : (
        <>
          <h2>{t('factsTitle')}</h2>
          <p className={styles.hint}>{t(locked ? 'locked' : 'factsHint')}</p>
          <FactList
            story={story}
            active={active}
            disabled={disabled}
            onActive={(fact: StoryFact | null) => setChosen(fact && factKey(fact))}
            onCorrect={send}
            onPlace={onPlace}
          />
          <Unknown story={story} disabled={disabled} onCorrect={send} />
          {!locked && (
            <AddPerson
              story={story}
              word={word}
              disabled={disabled}
              onWord={setWord}
              onAdd={(correction) => {
                send(correction)
                setWord('')
              }}
            />
          )}
          <ProblemAlert error={correct.error} />
          <Corrections
            story={story}
            disabled={disabled}
            onUndo={(index) => correct.mutate(withoutCorrection(story.corrections, index))}
          />
        </>
      )}
      {story.outline_older && !locked && (
        <p className={styles.older} role="status">
          {t('older')}
        </p>
      )}
    </section>
  )
}

const addition = (place: { start: number; end: number }): FactCorrection => ({
  deed: 'add',
  kind: 'person',
  ...place,
  word: '',
  sex: null,
  age: null,
  being: null,
})

function Unknown({
  story,
  disabled,
  onCorrect,
}: {
  story: StoryState
  disabled: boolean
  onCorrect: (correction: FactCorrection) => void
}) {
  const t = useMessages(storyMessages)
  if (story.unknown.length === 0) return null
  return (
    <section aria-label={t('unknownTitle')} className={styles.unknown}>
      <h3>{t('unknownTitle')}</h3>
      <ul className={styles.chips}>
        {story.unknown.map(({ text, start, end }) => (
          <li key={start} className={styles.fact} data-kind="unknown">
            <span className={styles.factHead}>
              <span>{text}</span>
              <button
                type="button"
                className={styles.remove}
                disabled={disabled}
                onClick={() => onCorrect(addition({ start, end }))}
              >
                {t('unknownPerson', { word: text })}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AddPerson({
  story,
  word,
  disabled,
  onWord,
  onAdd,
}: {
  story: StoryState
  word: string
  disabled: boolean
  onWord: (word: string) => void
  onAdd: (correction: FactCorrection) => void
}) {
  const t = useMessages(storyMessages)
  const [missing, setMissing] = useState('')
  return (
    <form
      className={styles.add}
      aria-label={t('addTitle')}
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = word.trim()
        if (!wanted) return
        const place = placeOfWord(story, wanted)
        setMissing(place ? '' : wanted)
        if (place) onAdd(addition(place))
      }}
    >
      <TextInput
        label={t('addTitle')}
        description={t('addHint')}
        placeholder={t('addWord')}
        value={word}
        maxLength={24}
        error={missing && missing === word.trim() ? t('notInText', { word: missing }) : undefined}
        onChange={(event) => onWord(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={disabled || !word.trim()}>
        {t('add')}
      </Button>
    </form>
  )
}

function correctionText(story: StoryState, correction: FactCorrection, t: Translator): string {
  const word = wordsAt(story.text, correction.start, correction.end)
  if (correction.deed !== 'change') return t(`correction_${correction.deed}`, { word })
  const what = [
    correction.sex && t(`sex_${correction.sex}`),
    correction.age && t(`age_${correction.age}`),
    correction.being && t(`being_${correction.being}`),
  ].filter(Boolean)
  return t('correction_change', { word, what: what.join(' · ') })
}

function Corrections({
  story,
  disabled,
  onUndo,
}: {
  story: StoryState
  disabled: boolean
  onUndo: (index: number) => void
}) {
  const t = useMessages(storyMessages)
  if (story.corrections.length === 0) return null
  return (
    <section aria-label={t('corrections')}>
      <h3>{t('corrections')}</h3>
      <ul className={styles.corrections}>
        {story.corrections.map((correction, index) => {
          const what = correctionText(story, correction, t)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: their order is what they are.
            <li key={index}>
              <span>{what}</span>
              <button
                type="button"
                disabled={disabled}
                aria-label={t('undoOf', { what })}
                onClick={() => onUndo(index)}
              >
                {t('undo')}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Above the outline: that facts were read and drafts can be had. */
export function StoryNotice({ project, onOpen }: { project: Project; onOpen: () => void }) {
  const t = useMessages(storyMessages)
  const { query } = useStory(project)
  const facts = query.data?.facts
  if (!facts || project.cut_id || isBusy(project)) return null
  const asked = facts.filter((fact) => fact.person?.asked).length
  return (
    <p className={styles.notice}>
      <span>{t('noticeFacts', { n: facts.length, asked })}</span>
      <Button variant="default" size="xs" onClick={onOpen}>
        {t('noticeOpen')}
      </Button>
    </p>
  )
}
