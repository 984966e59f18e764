import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client'
import type { Cut, StudioEpisode, StudioSeries } from '../../../api/types'
import { useFormat } from '../../../i18n/format'
import { langOf, useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { CutAppeal } from '../../shared/CutAppeal'
import { GateChecklist } from '../../shared/GateChecklist'
import { consoleMessages } from '../../shared/messages'
import { PreviewPlayer } from '../../shared/PreviewPlayer'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { ReviewReasons } from '../../shared/ReviewReasons'
import { useCut } from '../../shared/useCut'
import { usePreview } from '../../shared/usePreview'
import { studioSeriesQuery } from '../queries'
import styles from './EpisodeRow.module.css'
import { seriesMessages } from './seriesMessages'
import { UploadPanel } from './UploadPanel'
import { uploadMessages } from './uploadMessages'
import { WaitingWords } from './WaitingWords'
import { latestText } from './words'

/** An episode with every version of it, newest first, and the way to a new one. */
export function EpisodeRow({ episode, series }: { episode: StudioEpisode; series: StudioSeries }) {
  const t = useMessages(seriesMessages)
  const u = useMessages(uploadMessages)
  const [isRenaming, setIsRenaming] = useState(false)
  const cuts = [...episode.cuts].sort((a, b) => b.number - a.number)
  return (
    <article className={styles.episode} aria-labelledby={`episode-${episode.id}`}>
      <header className={styles.header}>
        <span className={styles.number}>{t('episode', { n: episode.number })}</span>
        {isRenaming ? (
          <RenameForm episode={episode} series={series} onClose={() => setIsRenaming(false)} />
        ) : (
          <>
            <h3 id={`episode-${episode.id}`} lang={langOf(series.language)}>
              {episode.title}
            </h3>
            <Button variant="subtle" size="compact-sm" onClick={() => setIsRenaming(true)}>
              {t('rename')}
            </Button>
          </>
        )}
      </header>
      <WaitingWords series={series} objectId={episode.id} />
      {cuts.length === 0 && <p className={styles.empty}>{t('noCuts')}</p>}
      <ol className={styles.cuts}>
        {cuts.map((cut, index) => (
          <li key={cut.id}>
            <CutRow cut={cut} title={episode.title} open={index === 0} />
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

function RenameForm({
  episode,
  series,
  onClose,
}: {
  episode: StudioEpisode
  series: StudioSeries
  onClose: () => void
}) {
  const t = useMessages(seriesMessages)
  const d = useMessages(consoleMessages)
  const queryClient = useQueryClient()
  const [title, setTitle] = useState(latestText(series, episode.id, 'title', episode.title))
  const save = useMutation({
    mutationFn: () =>
      client.PATCH('/api/v1/episodes/{episode_id}', {
        params: { path: { episode_id: episode.id } },
        body: { title: title.trim() },
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: studioSeriesQuery(series.id).queryKey })
      onClose()
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
      <Button variant="default" onClick={onClose}>
        {d('cancel')}
      </Button>
      <ProblemAlert error={save.error} />
    </form>
  )
}

function CutRow({ cut: listedCut, title, open }: { cut: Cut; title: string; open: boolean }) {
  const t = useMessages(seriesMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const [isOpen, setIsOpen] = useState(open)
  // The list is as old as the page; one version that is looked at is live.
  const { cut: liveCut, refresh } = useCut(isOpen ? listedCut.id : null)
  const cut = liveCut ?? listedCut
  const preview = usePreview(isOpen ? cut.preview : null, refresh)
  const job =
    cut.job && (cut.job.state === 'running' || cut.job.state === 'queued') ? cut.job : null
  return (
    <details
      className={styles.cut}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
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
            <PreviewPlayer preview={preview} playback={cut.preview} title={title} />
          ) : (
            <p className={styles.empty}>
              {job?.progress?.note ? localized(job.progress.note) : t('noPreview')}
            </p>
          )}
        </div>
        <div className={styles.details}>
          {cut.job?.state === 'failed' && cut.job.error?.title && (
            <p role="alert" className={styles.failed}>
              {localized(cut.job.error.title)}{' '}
              {cut.job.error.detail && localized(cut.job.error.detail)}
            </p>
          )}
          {cut.review && <ReviewReasons review={cut.review} onSeek={preview.seek} />}
          <CutAppeal cut={cut} />
          <GateChecklist gate={cut.gate} />
        </div>
      </div>
    </details>
  )
}
