import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { answerOf } from '../../api/client'
import type { Project } from '../../api/types'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import styles from './Forms.module.css'
import { isBusy } from './project'
import { projectMessages } from './projectMessages'
import { SaveBar } from './SaveBar'
import { type DraftName, useRegisterDraft } from './unsavedDrafts'
import type { useDraft } from './useDraft'

interface DraftFormProps<T> {
  project: Project
  name: DraftName
  send: (value: T, revision: number, dropScript: boolean) => Promise<{ data?: Project }>
  draft: ReturnType<typeof useDraft<T>>
  label: string
  onSaved: (project: Project) => void
  /** Saving leaves a script behind that was written from the text before: asks what to do with it. */
  asksAboutScript?: boolean
  children: ReactNode
}

/** A form saved as a whole: all of it or, when the server refuses it, nothing. */
export function DraftForm<T>({
  project,
  name,
  send,
  draft,
  label,
  onSaved,
  asksAboutScript = false,
  children,
}: DraftFormProps<T>) {
  const t = useMessages(projectMessages)
  const d = useMessages(consoleMessages)
  const [isAsking, setIsAsking] = useState(false)
  const save = useMutation({
    mutationFn: (dropScript: boolean) => answerOf(send(draft.value, draft.revision, dropScript)),
    onSuccess: (saved) => {
      onSaved(saved as Project)
      draft.discard()
      setIsAsking(false)
      showToast(d('saved'))
    },
  })
  // What a button saves on its way never deletes anything.
  useRegisterDraft(name, draft.dirty, async () => (await save.mutateAsync(false)) as Project)
  const lockedReason =
    project.stage === 'done' ? t('locked') : isBusy(project) ? t('busyEdit') : null
  return (
    <form
      className={styles.form}
      lang={langOf(project.language)}
      onSubmit={(event) => {
        event.preventDefault()
        if (asksAboutScript) setIsAsking(true)
        else save.mutate(false)
      }}
    >
      <fieldset disabled={lockedReason !== null}>{children}</fieldset>
      {isAsking && draft.dirty ? (
        <section className={styles.question} role="alertdialog" aria-label={t('scriptQuestion')}>
          <p>{t('scriptQuestion')}</p>
          <ProblemAlert error={save.error} />
          <div className={styles.answers}>
            <Button loading={save.isPending} onClick={() => save.mutate(false)} autoFocus>
              {t('keepScript')}
            </Button>
            <Button color="cinnabar" loading={save.isPending} onClick={() => save.mutate(true)}>
              {t('dropScript')}
            </Button>
            <Button variant="default" onClick={() => setIsAsking(false)}>
              {d('cancel')}
            </Button>
          </div>
        </section>
      ) : (
        <SaveBar
          label={label}
          hint={t(asksAboutScript ? 'editKeeps' : 'editDrops')}
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          lockedReason={lockedReason}
          onDiscard={() => {
            draft.discard()
            save.reset()
          }}
        />
      )}
    </form>
  )
}
