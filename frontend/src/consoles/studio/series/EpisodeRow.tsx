import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { untyped as api } from '../../../api/untyped'
import { useFormat } from '../../../i18n/format'
import { langOf, useWords } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { Film } from '../../desk/Film'
import { GateChecklist } from '../../desk/GateChecklist'
import { deskMessages } from '../../desk/messages'
import { Refusal } from '../../desk/Refusal'
import { ReviewReasons } from '../../desk/ReviewReasons'
import { usePreview } from '../../desk/usePreview'
import type { Cut, StudioEpisode, StudioSeries } from '../../types'
import { useCut } from '../useCut'
import styles from './EpisodeRow.module.css'
import { seriesMessages } from './seriesMessages'
import { UploadPanel } from './UploadPanel'
import { uploadMessages } from './uploadMessages'

/** An episode with every version of it, newest first, and the way to a new one. */
export function EpisodeRow({ episode, series }: { episode: StudioEpisode; series: StudioSeries }) {
  const t = useMessages(seriesMessages)
  const u = useMessages(uploadMessages)
  const [renaming, setRenaming] = useState(false)
  const cuts = [...episode.cuts].sort((a, b) => b.number - a.number)
  return (
    <article className={styles.episode} aria-labelledby={`episode-${episode.id}`}>
      <header className={styles.head}>
        <span className={styles.number}>{t('episode', { n: episode.number })}</span>
        {renaming ? (
          <Rename episode={episode} seriesId={series.id} onDone={() => setRenaming(false)} />
        ) : (
          <>
            <h3 id={`episode-${episode.id}`} lang={langOf(series.language)}>
              {episode.title}
            </h3>
            <Button variant="subtle" size="compact-sm" onClick={() => setRenaming(true)}>
              {t('rename')}
            </Button>
          </>
        )}
      </header>
      {cuts.length === 0 && <p className={styles.none}>{t('noCuts')}</p>}
      <ol className={styles.cuts}>
        {cuts.map((cut, place) => (
          <li key={cut.id}>
            <CutRow cut={cut} title={episode.title} open={place === 0} />
          </li>
        ))}
      </ol>
      <details className={styles.upload} open={cuts.length === 0}>
        <summary>{u('upload')}</summary>
        <UploadPanel episodeId={episode.id} seriesId={series.id} />
      </details>
    </article>
  )
}

function Rename({
  episode,
  seriesId,
  onDone,
}: {
  episode: StudioEpisode
  seriesId: string
  onDone: () => void
}) {
  const t = useMessages(seriesMessages)
  const d = useMessages(deskMessages)
  const client = useQueryClient()
  const [title, setTitle] = useState(episode.title)
  const save = useMutation({
    mutationFn: () => api.patch(`/episodes/${episode.id}`, { title: title.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['studio-series', seriesId] })
      onDone()
    },
  })
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim()) save.mutate()
      }}
    >
      <TextInput
        aria-label={t('episodeTitle')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={80}
      />
      <Button type="submit" loading={save.isPending} disabled={!title.trim()}>
        {t('save')}
      </Button>
      <Button variant="default" onClick={onDone}>
        {d('cancel')}
      </Button>
      <Refusal error={save.error} />
    </form>
  )
}

function CutRow({ cut: listed, title, open }: { cut: Cut; title: string; open: boolean }) {
  const t = useMessages(seriesMessages)
  const words = useWords()
  const format = useFormat()
  const [shown, setShown] = useState(open)
  // The list is as old as the page; one version that is looked at is live.
  const { cut: live, refresh } = useCut(shown ? listed.id : null)
  const cut = live ?? listed
  const preview = usePreview(shown ? cut.preview : null, refresh)
  const job =
    cut.job && (cut.job.state === 'running' || cut.job.state === 'queued') ? cut.job : null
  return (
    <details
      className={styles.cut}
      open={shown}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary>
        <strong>{t('version', { n: cut.number })}</strong>
        <span className={styles.state} data-state={cut.state}>
          {t(`cut_${cut.state}`)}
        </span>
        <span className={styles.facts}>
          {t(cut.origin === 'generated' ? 'generated' : 'uploaded')} · {format.ago(cut.created_at)}{' '}
          · <code>{cut.sha256.slice(0, 8)}</code>
        </span>
      </summary>
      <div className={styles.body}>
        <div className={styles.picture}>
          {cut.preview ? (
            <Film preview={preview} playback={cut.preview} title={title} />
          ) : (
            <p className={styles.none}>
              {job?.progress?.note ? words(job.progress.note) : t('noPreview')}
            </p>
          )}
        </div>
        <div className={styles.says}>
          {cut.job?.state === 'failed' && cut.job.error?.title && (
            <p role="alert" className={styles.failed}>
              {words(cut.job.error.title)} {cut.job.error.detail && words(cut.job.error.detail)}
            </p>
          )}
          {cut.review && <ReviewReasons review={cut.review} onSeek={preview.seek} />}
          <GateChecklist gate={cut.gate} />
        </div>
      </div>
    </details>
  )
}
