import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useBlocker, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useMe } from '../../api/me'
import { Problem } from '../../api/problem'
import { untyped as api } from '../../api/untyped'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { Failed, Lamp, Quiet } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { WritingRoom } from '../types'
import { Editor } from './Editor'
import type { Standing } from './line'
import { writingMessages } from './messages'
import { type Face, useBook } from './useBook'
import { Versions } from './Versions'
import { Writers } from './Writers'
import styles from './WritingPage.module.css'

const IDEA_MOST = 2000
/** A place on the same page is no leaving of it. */
const leaves = ({ current, next }: { current: { pathname: string }; next: { pathname: string } }) =>
  current.pathname !== next.pathname

/** The prompt book of one series, for those who write in it. */
export function WritingPage() {
  const { seriesId } = useParams({ from: '/studio/writing/$seriesId' })
  const t = useMessages(writingMessages)
  const room = useQuery({
    queryKey: ['writing', seriesId],
    queryFn: ({ signal }) => api.get<WritingRoom>(`/series/${seriesId}/writing`, undefined, signal),
    // A page that was shown out keeps what is on it.
    retry: false,
  })
  usePageTitle(room.data ? t('page', { title: room.data.series.title }) : undefined)
  if (room.isPending) return <Lamp />
  if (!room.data) {
    if (!(room.error instanceof Problem && room.error.gone)) {
      return <Failed error={room.error} onRetry={() => void room.refetch()} />
    }
    return (
      <main id="content" tabIndex={-1}>
        <Quiet
          title={t('gone')}
          actions={
            <Link to="/me" className={buttonClass()}>
              {t('toMe')}
            </Link>
          }
        >
          <p>{t('goneText')}</p>
        </Quiet>
      </main>
    )
  }
  return <Room key={room.data.id} room={room.data} />
}

function Room({ room }: { room: WritingRoom }) {
  const t = useMessages(writingMessages)
  const client = useQueryClient()
  const navigate = useNavigate()
  const [selected, setSelected] = useState('')
  const me = useMe()?.user
  const { book, standing, others, length } = useBook(room.id, me?.id, () => {
    void client.invalidateQueries({ queryKey: ['writing', room.series.id] })
    void client.invalidateQueries({ queryKey: [`/writing/${room.id}/versions`] })
  })
  const begin = useAct<{ project_id: string }>({
    onDone: ({ project_id }) =>
      void navigate({ to: '/studio/projects/$projectId', params: { projectId: project_id } }),
  })
  const part = selected.trim()
  const locked = standing.line === 'gone' || standing.line === 'broken'
  // On an open line that refused nothing, what was gathered is still sent when the page goes.
  const losing = !standing.saved && (standing.line !== 'open' || standing.refused !== null)
  const leaving = useBlocker({
    shouldBlockFn: leaves,
    withResolver: true,
    disabled: !losing,
    enableBeforeUnload: false, // `useBook` asks there
  })
  const { proceed } = leaving
  useEffect(() => {
    // Stored meanwhile: there is nothing left to ask.
    if (standing.saved) proceed?.()
  }, [standing.saved, proceed])
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <header className={styles.head}>
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
      <div className={styles.desk}>
        <section className={styles.writing}>
          {locked && <Locked line={standing.line} />}
          {leaving.status === 'blocked' && (
            <Leaving onStay={leaving.reset} onLeave={leaving.proceed} />
          )}
          {book && (
            <Editor
              book={book}
              label={t('editor')}
              hint={t('placeholder')}
              language={langOf(room.series.language)}
              locked={locked || !standing.ready}
              onSelect={setSelected}
            />
          )}
          <footer className={styles.foot}>
            <State standing={standing} others={others} />
            <span className={styles.length} data-full={length > room.text_most || undefined}>
              {t('length', { n: length, most: room.text_most })}
            </span>
          </footer>
          {others.length > 0 && <Here others={others} />}
          {room.keeps && (
            <div className={styles.begin}>
              <Button
                loading={begin.isPending}
                disabled={!standing.saved || !standing.ready || length === 0}
                onClick={() =>
                  begin.mutate({
                    path: `/writing/${room.id}/project`,
                    body: part ? { idea: part } : {},
                  })
                }
              >
                {part && part.length <= IDEA_MOST
                  ? t('makeEpisodeOfPart', { n: [...part].length })
                  : t('makeEpisode')}
              </Button>
              <p>{t('makeEpisodeText')}</p>
              <Refusal error={begin.error} />
            </div>
          )}
        </section>
        <aside className={styles.side}>
          <Writers room={room} />
          <Versions roomId={room.id} ready={standing.ready && standing.saved && !locked} />
        </aside>
      </div>
    </main>
  )
}

/** Whether what was written is stored, read out when it changes. */
function State({ standing, others }: { standing: Standing; others: Face[] }) {
  const t = useMessages(writingMessages)
  const words = useWords()
  const { line, ready, saved, refused } = standing
  let text = t('opening')
  let look = 'wait'
  if (refused) {
    text = t('refused', { why: words(refused.detail ?? refused.title) })
    look = 'bad'
  } else if (line === 'down' && ready) {
    text = t('down')
    look = 'warn'
  } else if (ready && !saved) {
    text = t('saving')
  } else if (ready) {
    text = others.length > 0 ? t('savedTogether', { n: others.length + 1 }) : t('savedAlone')
    look = 'good'
  }
  if (line === 'gone' || line === 'broken') return <span />
  return (
    <p role="status" className={styles.state} data-look={look}>
      {text}
    </p>
  )
}

function Here({ others }: { others: Face[] }) {
  const t = useMessages(writingMessages)
  return (
    <p className={styles.here}>
      {others.map((face) => (
        <span key={face.id}>
          <i style={{ background: face.color }} aria-hidden="true" />
          {face.name}
        </span>
      ))}
      <span className="unseen">
        {t('here', { names: others.map((face) => face.name).join(', ') })}
      </span>
    </p>
  )
}

/** Asked before the page is left with words that are nowhere else. */
function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
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
      className={styles.locked}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStay()
      }}
    >
      <strong id="leaving">{t('unsavedAsk')}</strong>
      <p id="leaving-text">{t('unsavedText')}</p>
      <div className={styles.answers}>
        <Button onClick={onStay}>{t('unsavedStay')}</Button>
        <Button variant="default" onClick={onLeave}>
          {t('unsavedLeave')}
        </Button>
      </div>
    </div>
  )
}

function Locked({ line }: { line: Standing['line'] }) {
  const t = useMessages(writingMessages)
  return (
    <div role="alert" className={styles.locked}>
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
