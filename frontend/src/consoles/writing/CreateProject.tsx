import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../api/client'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { writingMessages } from './messages'
import { roomParams } from './queries'
import styles from './WritingPage.module.css'

const MAX_IDEA_LENGTH = 20_000
const EPISODE_SECONDS = 60

/** Makes a studio project of the selected text or, without a selection that fits, of the book. */
export function CreateProject({
  roomId,
  selection,
  disabled,
}: {
  roomId: string
  selection: string
  disabled: boolean
}) {
  const t = useMessages(writingMessages)
  const navigate = useNavigate()
  const createProject = useIdempotentMutation(
    (idea: string, header) =>
      client.POST('/api/v1/writing/{room_id}/project', {
        params: { ...roomParams(roomId).params, header },
        body: { seconds: EPISODE_SECONDS, ...(idea ? { idea } : {}) },
      }),
    {
      onSuccess: ({ project_id }) =>
        void navigate({ to: '/studio/projects/$projectId', params: { projectId: project_id } }),
    },
  )
  return (
    <div className={styles.createProject}>
      <Button
        loading={createProject.isPending}
        disabled={disabled}
        onClick={() => createProject.mutate(selection)}
      >
        {selection && selection.length <= MAX_IDEA_LENGTH
          ? t('makeEpisodeOfPart', { n: [...selection].length })
          : t('makeEpisode')}
      </Button>
      <p>{t('makeEpisodeText')}</p>
      <ProblemAlert error={createProject.error} />
    </div>
  )
}
