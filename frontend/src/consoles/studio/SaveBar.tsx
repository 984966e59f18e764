import { Button } from '@mantine/core'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import styles from './Forms.module.css'
import { projectMessages } from './projectMessages'

/** The foot of an edited form: save it or put it away, and what saving means. */
export function SaveBar({
  label,
  hint,
  dirty,
  saving,
  error,
  lockedReason,
  onDiscard,
}: {
  label: string
  /** What saving means. */
  hint: string
  dirty: boolean
  saving: boolean
  error: unknown
  /** Why it cannot be edited now, if it cannot. */
  lockedReason: string | null
  onDiscard: () => void
}) {
  const t = useMessages(projectMessages)
  return (
    <div className={styles.footer}>
      <ProblemAlert error={error} />
      {lockedReason ? (
        <p className={styles.hint}>{lockedReason}</p>
      ) : (
        <div className={styles.saveBar} data-dirty={dirty || undefined}>
          <p className={styles.hint} role="status">
            {dirty ? `${t('dirty')} · ${hint}` : hint}
          </p>
          <Button variant="default" disabled={!dirty || saving} onClick={onDiscard}>
            {t('undo')}
          </Button>
          <Button type="submit" disabled={!dirty} loading={saving}>
            {label}
          </Button>
        </div>
      )}
    </div>
  )
}
