import type { WordsVersion } from '../../api/types'
import { langOf } from '../../i18n/language'
import styles from './WordsChanges.module.css'

type FieldName = WordsVersion['changes'][number]['field']

/** The fields that change, each as it is on stage beside what would replace it. */
export function WordsChanges({
  changes,
  language,
  labels,
}: {
  changes: WordsVersion['changes']
  language: 'zh' | 'en'
  labels: { before: string; after: string; nothing: string; field: (name: FieldName) => string }
}) {
  return (
    <dl className={styles.changes}>
      {changes
        .filter(({ before, after }) => before !== after)
        .map(({ field, before, after }) => (
          <div key={field} className={styles.change}>
            <dt>{labels.field(field)}</dt>
            <dd>
              <small>{labels.before}</small>
              {before ? (
                <span lang={langOf(language)}>{before}</span>
              ) : (
                <em className={styles.nothing}>{labels.nothing}</em>
              )}
            </dd>
            <dd className={styles.after}>
              <small>{labels.after}</small>
              {after ? (
                <span lang={langOf(language)}>{after}</span>
              ) : (
                <em className={styles.nothing}>{labels.nothing}</em>
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}
