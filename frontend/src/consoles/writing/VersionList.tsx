import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, BY_CURSOR, client } from '../../api/client'
import type { BookVersion } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { SheetDialog } from '../../ui/SheetDialog'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { ProblemAlert } from '../shared/ProblemAlert'
import { writingMessages } from './messages'
import { roomParams, versionListKey } from './queries'
import styles from './Sidebar.module.css'

/** The saved versions: save the present text under a name, view an earlier one, restore it. */
export function VersionList({ roomId, ready }: { roomId: string; ready: boolean }) {
  const t = useMessages(writingMessages)
  const format = useFormat()
  const versions = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/writing/{room_id}/versions',
      roomParams(roomId),
      BY_CURSOR,
    ),
  )
  const [name, setName] = useState('')
  const [open, setOpen] = useState<BookVersion | null>(null)
  const save = useIdempotentMutation(
    (body: { name: string }, header) =>
      client.POST('/api/v1/writing/{room_id}/versions', {
        params: { ...roomParams(roomId).params, header },
        body,
      }),
    {
      invalidates: [versionListKey(roomId)],
      onSuccess: (version) => {
        setName('')
        showToast(t('versionSaved', { name: version.name }))
      },
    },
  )
  return (
    <section className={styles.section} aria-labelledby="versions">
      <h2 id="versions">{t('versions')}</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) save.mutate({ name: name.trim() })
        }}
      >
        <TextInput
          label={t('versionName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={40}
          autoComplete="off"
        />
        <Button
          type="submit"
          variant="default"
          disabled={!name.trim() || !ready}
          loading={save.isPending}
        >
          {t('saveVersion')}
        </Button>
        <ProblemAlert error={save.error} />
      </form>
      {versions.isPending && <Spinner small />}
      {versions.isError && (
        <ErrorState level={2} error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.isSuccess && versions.items.length === 0 && (
        <p className={styles.muted}>{t('versionsEmpty')}</p>
      )}
      <ol className={styles.versions}>
        {versions.items.map((version) => (
          <li key={version.id}>
            <button type="button" onClick={() => setOpen(version)}>
              <span>{versionLabel(version, t)}</span>
              <small>
                {t('versionBy', {
                  name: version.by?.display_name ?? t('anonymousWriter'),
                  when: format.ago(version.created_at),
                })}
              </small>
            </button>
          </li>
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button variant="default" onClick={() => void versions.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {open && (
        <VersionSheet roomId={roomId} version={open} ready={ready} onClose={() => setOpen(null)} />
      )}
    </section>
  )
}

function versionLabel(
  version: BookVersion,
  t: ReturnType<typeof useMessages<typeof writingMessages.zh>>,
): string {
  if (version.name) return version.name
  return version.before ? t('versionBefore', { name: version.before }) : t('versionUnnamed')
}

function VersionSheet({
  roomId,
  version,
  ready,
  onClose,
}: {
  roomId: string
  version: BookVersion
  ready: boolean
  onClose: () => void
}) {
  const t = useMessages(writingMessages)
  const queryClient = useQueryClient()
  const name = versionLabel(version, t)
  const params = { path: { room_id: roomId, version_id: version.id } }
  const versionText = api.useQuery('get', '/api/v1/writing/{room_id}/versions/{version_id}', {
    params,
  })
  const restore = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/writing/{room_id}/versions/{version_id}/restore', { params }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: versionListKey(roomId) })
      onClose()
      showToast(t('restored', { name }))
    },
  })
  return (
    <SheetDialog title={name} onClose={onClose}>
      <div className={styles.sheetBody}>
        <Button disabled={!ready} loading={restore.isPending} onClick={() => restore.mutate()}>
          {t('restore')}
        </Button>
        <ProblemAlert error={restore.error} />
        {versionText.isPending && <Spinner small />}
        {versionText.isError && (
          <ErrorState
            level={2}
            error={versionText.error}
            onRetry={() => void versionText.refetch()}
          />
        )}
        {versionText.data && <p className={styles.text}>{versionText.data.text}</p>}
      </div>
    </SheetDialog>
  )
}
