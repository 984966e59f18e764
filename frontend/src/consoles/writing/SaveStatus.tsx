import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { writingMessages } from './messages'
import type { Collaborator } from './useWritingRoom'
import styles from './WritingPage.module.css'
import type { SyncStatus } from './WritingRoomProvider'

/** Whether what was written is stored, read out when it changes. */
export function SaveStatus({
  status,
  collaborators,
}: {
  status: SyncStatus
  collaborators: Collaborator[]
}) {
  const t = useMessages(writingMessages)
  const localized = useLocalizedText()
  const { connection, ready, saved, problem } = status
  let text = t('opening')
  let tone = 'wait'
  if (problem) {
    text = t('refused', { why: localized(problem.detail ?? problem.title) })
    tone = 'bad'
  } else if (connection === 'down' && ready) {
    text = t('down')
    tone = 'warn'
  } else if (ready && !saved) {
    text = t('saving')
  } else if (ready) {
    text =
      collaborators.length > 0
        ? t('savedTogether', { n: collaborators.length + 1 })
        : t('savedAlone')
    tone = 'good'
  }
  if (connection === 'gone' || connection === 'broken') return <span />
  return (
    <p role="status" className={styles.state} data-look={tone}>
      {text}
    </p>
  )
}

export function CollaboratorNames({ collaborators }: { collaborators: Collaborator[] }) {
  const t = useMessages(writingMessages)
  return (
    <p className={styles.collaborators}>
      {collaborators.map((collaborator) => (
        <span key={collaborator.id}>
          <i style={{ background: collaborator.color }} aria-hidden="true" />
          {collaborator.name}
        </span>
      ))}
      <span className="unseen">
        {t('collaborators', {
          names: collaborators.map((collaborator) => collaborator.name).join(', '),
        })}
      </span>
    </p>
  )
}
