import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { answerOf } from '../../api/client'
import type { Project } from '../../api/types'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import styles from './Forms.module.css'
import { isBusy } from './project'
import { projectMessages } from './projectMessages'
import { SaveBar } from './SaveBar'
import type { useDraft } from './useDraft'

interface DraftFormProps<T> {
  project: Project
  send: (value: T) => Promise<{ data?: Project }>
  draft: ReturnType<typeof useDraft<T>>
  label: string
  onSaved: (project: Project) => void
  children: ReactNode
}

/** A form saved as a whole: all of it or, when the server refuses it, nothing. */
export function DraftForm<T>({
  project,
  send,
  draft,
  label,
  onSaved,
  children,
}: DraftFormProps<T>) {
  const t = useMessages(projectMessages)
  const d = useMessages(consoleMessages)
  const save = useMutation({
    mutationFn: () => answerOf(send(draft.value)),
    onSuccess: (saved) => {
      onSaved(saved)
      draft.discard()
      showToast(d('saved'))
    },
  })
  const lockedReason =
    project.stage === 'done' ? t('locked') : isBusy(project) ? t('busyEdit') : null
  return (
    <form
      className={styles.form}
      lang={langOf(project.language)}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <fieldset disabled={lockedReason !== null}>{children}</fieldset>
      <SaveBar
        label={label}
        dirty={draft.dirty}
        saving={save.isPending}
        error={save.error}
        lockedReason={lockedReason}
        onDiscard={() => {
          draft.discard()
          save.reset()
        }}
      />
    </form>
  )
}
