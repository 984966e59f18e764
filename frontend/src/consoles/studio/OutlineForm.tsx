import { Textarea, TextInput } from '@mantine/core'
import { client } from '../../api/client'
import type { Project } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { DraftForm } from './DraftForm'
import styles from './Forms.module.css'
import { useOperatorLabel } from './plotMessages'
import type { Outline } from './project'
import { projectMessages } from './projectMessages'
import { useDraft } from './useDraft'

/** The outline as a form. */
export function OutlineForm({
  project,
  outline,
  onSaved,
}: {
  project: Project
  outline: Outline
  onSaved: (project: Project) => void
}) {
  const t = useMessages(projectMessages)
  const operatorWords = useOperatorLabel()
  const draft = useDraft(outline, project.outline_revision)
  const { value } = draft
  const told = value.material === 'told' || value.material === 'screenplay'
  const set = (change: Partial<Outline>) => draft.edit((before) => ({ ...before, ...change }))
  return (
    <DraftForm
      project={project}
      name="outline"
      asksAboutScript={project.script !== null}
      send={(value, revision, dropScript) =>
        client.PUT('/api/v1/studio/projects/{project_id}/outline', {
          params: { path: { project_id: project.id } },
          body: { outline: { ...value }, revision, drop_script: dropScript },
        })
      }
      draft={draft}
      label={t('saveOutline')}
      onSaved={onSaved}
    >
      <TextInput
        label={t('outlineTitle')}
        required
        withAsterisk={false}
        value={value.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        size="md"
        classNames={{ input: styles.title }}
      />
      <Textarea
        label={t('logline')}
        value={value.logline}
        onChange={(event) => set({ logline: event.currentTarget.value })}
        autosize
        minRows={2}
      />
      <fieldset className={styles.people} aria-label={t('people')}>
        {value.people.map((person) => (
          <TextInput
            key={person.id}
            label={t('personName', { id: person.id })}
            required
            withAsterisk={false}
            value={person.name}
            onChange={(event) => {
              const name = event.currentTarget.value
              set({
                people: value.people.map((other) =>
                  other.id === person.id ? { ...other, name } : other,
                ),
              })
            }}
          />
        ))}
      </fieldset>
      <ol className={styles.beats} aria-label={t('beats')}>
        {value.beats.map((beat, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
          <li key={number}>
            <Textarea
              label={t('beat', { n: number + 1, operator: operatorWords(beat.operator) })}
              description={t('tension', { n: Math.round(beat.tension * 100) })}
              value={told ? beat.told : beat.summary}
              onChange={(event) => {
                const words = event.currentTarget.value
                const edited = told
                  ? { told: words, summary: words.slice(0, 150) }
                  : { summary: words }
                set({
                  beats: value.beats.map((beat, at) =>
                    at === number ? { ...beat, ...edited } : beat,
                  ),
                })
              }}
              autosize
              minRows={1}
            />
            <span
              className={styles.tension}
              style={{ inlineSize: `${beat.tension * 100}%` }}
              aria-hidden="true"
            />
          </li>
        ))}
      </ol>
      <TextInput
        label={t('question')}
        value={value.question}
        onChange={(event) => set({ question: event.currentTarget.value })}
      />
    </DraftForm>
  )
}
