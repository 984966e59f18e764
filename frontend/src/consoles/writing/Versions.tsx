import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { Sheet } from '../../ui/Sheet'
import { Failed, Lamp } from '../../ui/State'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import { usePages } from '../desk/usePages'
import type { BookVersion, BookVersionText } from '../types'
import { writingMessages } from './messages'
import styles from './Side.module.css'

/** What was marked of the book: keep the present text under a name, look at an earlier one, go back to it. */
export function Versions({ roomId, ready }: { roomId: string; ready: boolean }) {
  const t = useMessages(writingMessages)
  const format = useFormat()
  const path = `/writing/${roomId}/versions`
  const versions = usePages<BookVersion>(path)
  const [name, setName] = useState('')
  const [open, setOpen] = useState<BookVersion | null>(null)
  const mark = useAct<BookVersion>({
    refresh: [[path]],
    onDone: (version) => {
      setName('')
      notify(t('marked', { name: version.name }))
    },
  })
  return (
    <section className={styles.section} aria-labelledby="versions">
      <h2 id="versions">{t('versions')}</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) mark.mutate({ path, body: { name: name.trim() } })
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
          loading={mark.isPending}
        >
          {t('mark')}
        </Button>
        <Refusal error={mark.error} />
      </form>
      {versions.isPending && <Lamp small />}
      {versions.isError && (
        <Failed level={2} error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.isSuccess && versions.items.length === 0 && (
        <p className={styles.soft}>{t('versionsEmpty')}</p>
      )}
      <ol className={styles.versions}>
        {versions.items.map((version) => (
          <li key={version.id}>
            <button type="button" onClick={() => setOpen(version)}>
              <span>{nameOf(version, t)}</span>
              <small>
                {t('versionBy', {
                  name: version.by?.display_name ?? t('nobody'),
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
      {open && <Look path={path} version={open} ready={ready} onClose={() => setOpen(null)} />}
    </section>
  )
}

function nameOf(
  version: BookVersion,
  t: ReturnType<typeof useMessages<typeof writingMessages.zh>>,
): string {
  if (version.name) return version.name
  return version.before ? t('versionBefore', { name: version.before }) : t('versionUnnamed')
}

function Look({
  path,
  version,
  ready,
  onClose,
}: {
  path: string
  version: BookVersion
  ready: boolean
  onClose: () => void
}) {
  const t = useMessages(writingMessages)
  const client = useQueryClient()
  const name = nameOf(version, t)
  const whole = useQuery({
    queryKey: [path, version.id],
    queryFn: ({ signal }) => api.get<BookVersionText>(`${path}/${version.id}`, undefined, signal),
  })
  const restore = useMutation({
    mutationFn: () => api.post(`${path}/${version.id}/restore`),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [path] })
      onClose()
      notify(t('restored', { name }))
    },
  })
  return (
    <Sheet title={name} onClose={onClose}>
      <div className={styles.ask}>
        <Button disabled={!ready} loading={restore.isPending} onClick={() => restore.mutate()}>
          {t('restore')}
        </Button>
        <Refusal error={restore.error} />
        {whole.isPending && <Lamp small />}
        {whole.isError && (
          <Failed level={2} error={whole.error} onRetry={() => void whole.refetch()} />
        )}
        {whole.data && <p className={styles.text}>{whole.data.text}</p>}
      </div>
    </Sheet>
  )
}
