import { ActionIcon, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { client } from '../../api/client'
import type { Project } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { Icon } from '../../ui/Icon'
import { DraftForm } from './DraftForm'
import styles from './Forms.module.css'
import { useOperatorLabel } from './plotMessages'
import { EMOTIONS, type Emotion, type Script, type ScriptLine } from './project'
import { projectMessages } from './projectMessages'
import { useDraft } from './useDraft'

/** The script as a form: who says what, with which emotion. */
export function ScriptForm({
  project,
  script,
  onSaved,
}: {
  project: Project
  script: Script
  onSaved: (project: Project) => void
}) {
  const t = useMessages(projectMessages)
  const operatorWords = useOperatorLabel()
  const draft = useDraft(script, project.script_revision)
  const { value } = draft
  const setLines = (scene: number, change: (lines: ScriptLine[]) => ScriptLine[]) =>
    draft.edit((before) => ({
      ...before,
      scenes: before.scenes.map((current, at) =>
        at === scene ? { ...current, lines: change(current.lines) } : current,
      ),
    }))
  const speakers = [
    { value: '', label: t('narrator') },
    ...value.people.map((person) => ({ value: person.id, label: person.name })),
  ]
  const emotions = EMOTIONS.map((emotion) => ({ value: emotion, label: t(`emotion_${emotion}`) }))

  return (
    <DraftForm
      project={project}
      name="script"
      send={(value, revision) =>
        client.PUT('/api/v1/studio/projects/{project_id}/script', {
          params: { path: { project_id: project.id } },
          body: { script: { ...value }, revision },
        })
      }
      draft={draft}
      label={t('saveScript')}
      onSaved={onSaved}
    >
      <TextInput
        label={t('outlineTitle')}
        required
        withAsterisk={false}
        value={value.title}
        onChange={(event) => {
          const title = event.currentTarget.value
          draft.edit((before) => ({ ...before, title }))
        }}
        classNames={{ input: styles.title }}
        size="md"
      />
      {value.scenes.map((scene, sceneIndex) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
        <section key={sceneIndex} className={styles.scene}>
          <h2>{t('scene', { n: sceneIndex + 1, operator: operatorWords(scene.operator) })}</h2>
          <ol>
            {scene.lines.map((line, at) => {
              const set = (change: Partial<ScriptLine>) =>
                setLines(sceneIndex, (lines) =>
                  lines.map((line, place) => (place === at ? { ...line, ...change } : line)),
                )
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
                <li key={at} className={styles.line} aria-label={t('line', { n: at + 1 })}>
                  <NativeSelect
                    aria-label={t('speaker')}
                    value={line.person ?? ''}
                    data={speakers}
                    onChange={(event) => set({ person: event.currentTarget.value || null })}
                  />
                  <Textarea
                    aria-label={t('text')}
                    required
                    value={line.text}
                    onChange={(event) => set({ text: event.currentTarget.value })}
                    autosize
                    minRows={1}
                  />
                  <NativeSelect
                    aria-label={t('emotion')}
                    value={line.emotion}
                    data={emotions}
                    onChange={(event) => set({ emotion: event.currentTarget.value as Emotion })}
                  />
                  <span className={styles.lineActions}>
                    <ActionIcon
                      variant="subtle"
                      color="lamp"
                      aria-label={t('addLine')}
                      onClick={() =>
                        setLines(sceneIndex, (lines) => [
                          ...lines.slice(0, at + 1),
                          { person: line.person, text: '', emotion: 'calm' },
                          ...lines.slice(at + 1),
                        ])
                      }
                    >
                      <Icon name="plus" size={18} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="lamp"
                      aria-label={t('removeLine', { n: at + 1 })}
                      disabled={scene.lines.length === 1}
                      onClick={() =>
                        setLines(sceneIndex, (lines) => lines.filter((_, place) => place !== at))
                      }
                    >
                      <Icon name="close" size={18} />
                    </ActionIcon>
                  </span>
                </li>
              )
            })}
          </ol>
        </section>
      ))}
    </DraftForm>
  )
}
