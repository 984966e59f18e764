import type { Project } from '../../api/types'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { useOperatorLabel } from './plotMessages'
import { outlineOf, scriptOf } from './project'
import { projectMessages } from './projectMessages'
import styles from './ScriptText.module.css'

/** The script to read beside the pictures; before there is one, the outline or the idea. */
export function ScriptText({ project }: { project: Project }) {
  const t = useMessages(projectMessages)
  const operatorWords = useOperatorLabel()
  const script = scriptOf(project)
  const outline = outlineOf(project)
  const lang = langOf(project.language)
  if (script) {
    const names = new Map(script.people.map((person) => [person.id, person.name]))
    return (
      <article className={styles.text} lang={lang} aria-label={t('step_script')}>
        {script.scenes.map((scene, sceneIndex) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
          <section key={sceneIndex}>
            <h2>{t('scene', { n: sceneIndex + 1, operator: operatorWords(scene.operator) })}</h2>
            {scene.lines.map((line, lineIndex) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they have no id.
              <p key={lineIndex}>
                <span className={styles.speaker}>
                  {line.person === null ? t('narrator') : (names.get(line.person) ?? line.person)}
                </span>
                {line.emotion !== 'calm' && (
                  <span className={styles.emotion}> {t(`emotion_${line.emotion}`)}</span>
                )}
                <br />
                {line.text}
              </p>
            ))}
          </section>
        ))}
      </article>
    )
  }
  return (
    <article className={styles.text} lang={lang}>
      {outline ? (
        <>
          <h2>{outline.title}</h2>
          <p>{outline.logline}</p>
          <p className={styles.muted}>{t('noScript')}</p>
        </>
      ) : (
        <>
          <p className={styles.material}>{project.idea}</p>
          <p className={styles.muted}>{t('noOutline')}</p>
        </>
      )}
    </article>
  )
}
