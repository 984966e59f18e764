import { Button } from '@mantine/core'
import { useMessages } from '../../i18n/messages'
import { Refusal } from '../desk/Refusal'
import styles from './Forms.module.css'
import { projectMessages } from './projectMessages'

/** The foot of an edited form: save it or put it away, and what saving means. */
export function SaveBar({
  label,
  dirty,
  saving,
  error,
  locked,
  onDiscard,
}: {
  label: string
  dirty: boolean
  saving: boolean
  error: unknown
  /** Why it cannot be edited now, if it cannot. */
  locked: string | null
  onDiscard: () => void
}) {
  const t = useMessages(projectMessages)
  return (
    <div className={styles.foot}>
      <Refusal error={error} />
      {locked ? (
        <p className={styles.hint}>{locked}</p>
      ) : (
        <div className={styles.save} data-dirty={dirty || undefined}>
          <p className={styles.hint} role="status">
            {dirty ? `${t('dirty')} · ${t('editDrops')}` : t('editDrops')}
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
