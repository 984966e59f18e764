import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useMessages } from '../../i18n/messages'
import { SheetDialog } from '../../ui/SheetDialog'
import { ProblemAlert } from '../shared/ProblemAlert'
import styles from './Forms.module.css'
import { projectMessages } from './projectMessages'
import { useUnsavedDrafts } from './unsavedDrafts'

/** Asks before unsaved edits are left behind: by another page, or by closing the tab. */
export function LeavePrompt() {
  const t = useMessages(projectMessages)
  const drafts = useUnsavedDrafts()
  const isUnsaved = drafts.names.length > 0
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    withResolver: true,
    disabled: !isUnsaved,
    enableBeforeUnload: isUnsaved,
  })
  const save = useMutation({ mutationFn: drafts.saveAll, onSuccess: () => proceed?.() })
  if (status !== 'blocked') return null
  return (
    <SheetDialog title={t('leaveTitle')} onClose={reset}>
      <p>{t('leaveText')}</p>
      <ProblemAlert error={save.error} />
      <div className={styles.answers}>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t('leaveSave')}
        </Button>
        <Button color="cinnabar" onClick={proceed}>
          {t('leaveDiscard')}
        </Button>
        <Button variant="default" onClick={reset}>
          {t('leaveStay')}
        </Button>
      </div>
    </SheetDialog>
  )
}
