import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, client } from '../../api/client'
import { useMe } from '../../api/me'
import type { WritingRoom } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { SheetDialog } from '../../ui/SheetDialog'
import { ProblemAlert } from '../shared/ProblemAlert'
import { writingMessages } from './messages'
import { writingRoomQuery } from './queries'
import styles from './Sidebar.module.css'

type Person = WritingRoom['writers'][number]['person']

/** Who writes in the room; its maker lets in and shows out, the others may leave. */
export function WriterList({ room }: { room: WritingRoom }) {
  const t = useMessages(writingMessages)
  const me = useMe()?.user
  const [removing, setRemoving] = useState<Person | null>(null)
  return (
    <section className={styles.section} aria-labelledby="writers">
      <h2 id="writers">{t('writers')}</h2>
      <ul className={styles.people}>
        {room.writers.map(({ person, maker, wrote }) => (
          <li key={person.id}>
            <span className={styles.name}>
              {person.display_name}
              <small>@{person.handle}</small>
            </span>
            <small className={styles.role}>{maker ? t('maker') : wrote ? t('wrote') : ''}</small>
            {room.may_manage && !maker && (
              <Button
                variant="subtle"
                size="compact-sm"
                color="cinnabar.7"
                aria-label={t('removeWriter', { name: person.display_name })}
                onClick={() => setRemoving(person)}
              >
                ×
              </Button>
            )}
          </li>
        ))}
      </ul>
      {room.may_manage ? (
        <InviteForm room={room} />
      ) : (
        me && (
          <Button
            variant="default"
            onClick={() => {
              const own = room.writers.find(({ person }) => person.id === me.id)
              if (own) setRemoving(own.person)
            }}
          >
            {t('leave')}
          </Button>
        )
      )}
      {removing && (
        <RemoveWriterSheet
          room={room}
          person={removing}
          isSelf={removing.id === me?.id}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  )
}

function InviteForm({ room }: { room: WritingRoom }) {
  const t = useMessages(writingMessages)
  const queryClient = useQueryClient()
  const [handle, setHandle] = useState('')
  const invite = useMutation({
    mutationFn: () =>
      answerOf(
        client.POST('/api/v1/writing/{room_id}/writers', {
          params: { path: { room_id: room.id } },
          body: { handle: handle.trim() },
        }),
      ),
    onSuccess: (answer) => {
      setHandle('')
      queryClient.setQueryData(writingRoomQuery(room.series.id).queryKey, answer)
    },
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (handle.trim()) invite.mutate()
      }}
    >
      <TextInput
        label={t('handle')}
        description={t('handleHint')}
        value={handle}
        onChange={(event) => setHandle(event.currentTarget.value)}
        maxLength={41}
        autoComplete="off"
        autoCapitalize="none"
      />
      <Button type="submit" variant="default" disabled={!handle.trim()} loading={invite.isPending}>
        {t('addWriter')}
      </Button>
      <ProblemAlert error={invite.error} />
    </form>
  )
}

function RemoveWriterSheet({
  room,
  person,
  isSelf,
  onClose,
}: {
  room: WritingRoom
  person: Person
  isSelf: boolean
  onClose: () => void
}) {
  const t = useMessages(writingMessages)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const removal = useMutation({
    mutationFn: () =>
      client.DELETE('/api/v1/writing/{room_id}/writers/{user_id}', {
        params: { path: { room_id: room.id, user_id: person.id } },
      }),
    onSuccess: () => {
      onClose()
      if (isSelf) {
        queryClient.removeQueries({ queryKey: writingRoomQuery(room.series.id).queryKey })
        void navigate({ to: '/me' })
      } else
        void queryClient.invalidateQueries({ queryKey: writingRoomQuery(room.series.id).queryKey })
    },
  })
  const title = isSelf ? t('leave') : t('removeWriter', { name: person.display_name })
  return (
    <SheetDialog title={title} onClose={onClose}>
      <div className={styles.sheetBody}>
        <p>
          {isSelf ? t('leaveConfirm') : t('removeWriterConfirm', { name: person.display_name })}
        </p>
        <div className={styles.actions}>
          <Button color="cinnabar.7" loading={removal.isPending} onClick={() => removal.mutate()}>
            {t('yes')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('no')}
          </Button>
        </div>
        <ProblemAlert error={removal.error} />
      </div>
    </SheetDialog>
  )
}
