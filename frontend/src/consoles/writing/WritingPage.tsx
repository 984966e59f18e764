import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useBlocker, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../api/client'
import { useMe } from '../../api/me'
import { Problem } from '../../api/problem'
import type { WritingRoom } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { ProblemAlert } from '../shared/ProblemAlert'
import { Editor } from './Editor'
import { writingMessages } from './messages'
import { roomParams, versionListKey, writingRoomQuery } from './queries'
import { type Collaborator, useWritingRoom } from './useWritingRoom'
import { VersionList } from './VersionList'
import { WriterList } from './WriterList'
import styles from './WritingPage.module.css'
import type { SyncStatus } from './WritingRoomProvider'

const MAX_IDEA_LENGTH = 2000
const EPISODE_SECONDS = 60
/** A place on the same page is no leaving of it. */
const leavesPage = ({
  current,
  next,
}: {
  current: { pathname: string }
  next: { pathname: string }
}) => current.pathname !== next.pathname

/** The prompt book of one series, for those who write in it. */
export function WritingPage() {
  const { seriesId } = useParams({ from: '/studio/writing/$seriesId' })
  const t = useMessages(writingMessages)
  const room = useQuery(writingRoomQuery(seriesId))
  usePageTitle(room.data ? t('page', { title: room.data.series.title }) : undefined)
  if (room.isPending) return <Spinner />
  if (!room.data) {
    if (!(room.error instanceof Problem && room.error.gone)) {
      return <ErrorState error={room.error} onRetry={() => void room.refetch()} />
    }
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState
          title={t('gone')}
          actions={
            <Link to="/me" className={buttonClass()}>
              {t('toMe')}
            </Link>
          }
        >
          <p>{t('goneText')}</p>
        </EmptyState>
      </main>
    )
  }
  return <WritingRoomView key={room.data.id} room={room.data} />
}

function WritingRoomView({ room }: { room: WritingRoom }) {
  const t = useMessages(writingMessages)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [selected, setSelected] = useState('')
  const me = useMe()?.user
  const {
    book,
    status: standing,
    collaborators: others,
    length,
  } = useWritingRoom(room.id, me?.id, () => {
    void queryClient.invalidateQueries({ queryKey: writingRoomQuery(room.series.id).queryKey })
    void queryClient.invalidateQueries({ queryKey: versionListKey(room.id) })
  })
  const createProject = useIdempotentMutation(
    (idea: string, header) =>
      client.POST('/api/v1/writing/{room_id}/project', {
        params: { ...roomParams(room.id).params, header },
        body: { seconds: EPISODE_SECONDS, ...(idea ? { idea } : {}) },
      }),
    {
      onSuccess: ({ project_id }) =>
        void navigate({ to: '/studio/projects/$projectId', params: { projectId: project_id } }),
    },
  )
  const selection = selected.trim()
  const isLocked = standing.connection === 'gone' || standing.connection === 'broken'
  // On an open line that refused nothing, what was gathered is still sent when the page goes.
  const hasUnsentText =
    !standing.saved && (standing.connection !== 'open' || standing.problem !== null)
  const navigationBlock = useBlocker({
    shouldBlockFn: leavesPage,
    withResolver: true,
    disabled: !hasUnsentText,
    enableBeforeUnload: false, // `useBook` asks there
  })
  const { proceed } = navigationBlock
  useEffect(() => {
    // Stored meanwhile: there is nothing left to ask.
    if (standing.saved) proceed?.()
  }, [standing.saved, proceed])
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <header className={styles.header}>
        <h1>
          <span lang={langOf(room.series.language)}>{t('book', { title: room.series.title })}</span>
        </h1>
        {room.keeps && (
          <Link
            to="/studio/series/$seriesId"
            params={{ seriesId: room.series.id }}
            className={styles.link}
          >
            {t('toSeries')}
          </Link>
        )}
      </header>
      <div className={styles.columns}>
        <section className={styles.main}>
          {isLocked && <LockedNotice line={standing.connection} />}
          {navigationBlock.status === 'blocked' && (
            <UnsavedDialog onStay={navigationBlock.reset} onLeave={navigationBlock.proceed} />
          )}
          {book && (
            <Editor
              book={book}
              label={t('editor')}
              hint={t('placeholder')}
              language={langOf(room.series.language)}
              locked={isLocked || !standing.ready}
              onSelect={setSelected}
            />
          )}
          <footer className={styles.footer}>
            <SaveStatus standing={standing} others={others} />
            <span className={styles.length} data-full={length > room.text_most || undefined}>
              {t('length', { n: length, most: room.text_most })}
            </span>
          </footer>
          {others.length > 0 && <CollaboratorNames others={others} />}
          {room.keeps && (
            <div className={styles.createProject}>
              <Button
                loading={createProject.isPending}
                disabled={!standing.saved || !standing.ready || length === 0}
                onClick={() => createProject.mutate(selection)}
              >
                {selection && selection.length <= MAX_IDEA_LENGTH
                  ? t('makeEpisodeOfPart', { n: [...selection].length })
                  : t('makeEpisode')}
              </Button>
              <p>{t('makeEpisodeText')}</p>
              <ProblemAlert error={createProject.error} />
            </div>
          )}
        </section>
        <aside className={styles.sidebar}>
          <WriterList room={room} />
          <VersionList roomId={room.id} ready={standing.ready && standing.saved && !isLocked} />
        </aside>
      </div>
    </main>
  )
}

/** Whether what was written is stored, read out when it changes. */
function SaveStatus({ standing, others }: { standing: SyncStatus; others: Collaborator[] }) {
  const t = useMessages(writingMessages)
  const words = useWords()
  const { connection: line, ready, saved, problem: refused } = standing
  let text = t('opening')
  let tone = 'wait'
  if (refused) {
    text = t('refused', { why: words(refused.detail ?? refused.title) })
    tone = 'bad'
  } else if (line === 'down' && ready) {
    text = t('down')
    tone = 'warn'
  } else if (ready && !saved) {
    text = t('saving')
  } else if (ready) {
    text = others.length > 0 ? t('savedTogether', { n: others.length + 1 }) : t('savedAlone')
    tone = 'good'
  }
  if (line === 'gone' || line === 'broken') return <span />
  return (
    <p role="status" className={styles.state} data-look={tone}>
      {text}
    </p>
  )
}

function CollaboratorNames({ others }: { others: Collaborator[] }) {
  const t = useMessages(writingMessages)
  return (
    <p className={styles.collaborators}>
      {others.map((collaborator) => (
        <span key={collaborator.id}>
          <i style={{ background: collaborator.color }} aria-hidden="true" />
          {collaborator.name}
        </span>
      ))}
      <span className="unseen">
        {t('here', { names: others.map((collaborator) => collaborator.name).join(', ') })}
      </span>
    </p>
  )
}

/** Asked before the page is left with words that are nowhere else. */
function UnsavedDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const t = useMessages(writingMessages)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div
      ref={box}
      role="alertdialog"
      aria-labelledby="leaving"
      aria-describedby="leaving-text"
      tabIndex={-1}
      className={styles.banner}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStay()
      }}
    >
      <strong id="leaving">{t('unsavedAsk')}</strong>
      <p id="leaving-text">{t('unsavedText')}</p>
      <div className={styles.dialogActions}>
        <Button onClick={onStay}>{t('unsavedStay')}</Button>
        <Button variant="default" onClick={onLeave}>
          {t('unsavedLeave')}
        </Button>
      </div>
    </div>
  )
}

function LockedNotice({ line }: { line: SyncStatus['connection'] }) {
  const t = useMessages(writingMessages)
  return (
    <div role="alert" className={styles.banner}>
      <strong>{line === 'gone' ? t('shownOut') : t('broken')}</strong>
      <p>{line === 'gone' ? t('shownOutText') : t('brokenText')}</p>
      {line === 'broken' && (
        <Button variant="default" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      )}
    </div>
  )
}
