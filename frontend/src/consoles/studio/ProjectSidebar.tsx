import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../../api/client'
import type { Job, Project } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from '../shared/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import styles from './ProjectSidebar.module.css'
import { isBusy, type NextStep, nextStep } from './project'
import { projectMessages } from './projectMessages'
import { useUnsavedDrafts } from './unsavedDrafts'

/** Beside the project: the next step, progress, errors, and what the engine made of the idea. */
export function ProjectSidebar({
  project,
  onProject,
}: {
  project: Project
  onProject: (project: Project) => void
}) {
  const t = useMessages(projectMessages)
  const d = useMessages(consoleMessages)
  const localized = useLocalizedText()
  const drafts = useUnsavedDrafts()
  const [isRewriting, setIsRewriting] = useState(false)
  const advance = useMutation({
    mutationFn: async ({ to, replace = false }: { to: NextStep; replace?: boolean }) => {
      // A step works on what is on the screen: unsaved edits go first.
      const shown = (await drafts.saveAll()) ?? project
      return answerOf(
        client.POST('/api/v1/studio/projects/{project_id}/advance', {
          params: { path: { project_id: project.id } },
          body: {
            to,
            replace,
            outline_revision: shown.outline_revision,
            script_revision: shown.script_revision,
          },
        }),
      )
    },
    onSuccess: (next) => {
      setIsRewriting(false)
      onProject(next as Project)
    },
  })
  const next = nextStep(project)
  const { job } = project
  const isDrafts = job?.kind === 'studio.draft_outlines'
  const hasStopped = job?.state === 'failed' || job?.state === 'cancelled'
  return (
    <div className={styles.sidebar}>
      {job && isBusy(project) && <RunningJob job={job} />}
      {job && hasStopped && !project.cut_id && <StoppedJob job={job} project={project} />}
      {next && !isBusy(project) && (
        <Button
          size="md"
          fullWidth
          loading={advance.isPending}
          onClick={() => advance.mutate({ to: next })}
        >
          {t(hasStopped && !isDrafts ? `again_${next}` : `go_${next}`)}
        </Button>
      )}
      {drafts.names.length > 0 && next && !isBusy(project) && (
        <p className={styles.hint}>{t('savedFirst')}</p>
      )}
      {project.script_stale && !project.cut_id && !isBusy(project) && (
        <section className={styles.stale} aria-label={t('scriptStale')}>
          <p>{t('scriptStale')}</p>
          {isRewriting ? (
            <>
              <p>{t('rewriteQuestion')}</p>
              <Button
                color="cinnabar"
                loading={advance.isPending}
                onClick={() => advance.mutate({ to: 'script', replace: true })}
              >
                {t('rewriteConfirm')}
              </Button>
              <Button variant="default" onClick={() => setIsRewriting(false)}>
                {d('cancel')}
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => setIsRewriting(true)}>
              {t('again_script')}
            </Button>
          )}
        </section>
      )}
      <ProblemAlert error={advance.error} />
      <dl className={styles.facts}>
        <dt>{t('engine')}</dt>
        <dd>{localized(project.engine)}</dd>
        <dt>{t('understood')}</dt>
        <dd>
          <WordList items={project.understood} emptyText={t('none')} />
        </dd>
        <dt>{t('notUnderstood')}</dt>
        <dd>
          <WordList items={project.not_understood} emptyText={t('none')} isMissing />
          {project.not_understood.length > 0 && (
            <p className={styles.hint}>{t('notUnderstoodHint')}</p>
          )}
        </dd>
      </dl>
    </div>
  )
}

function WordList({
  items,
  emptyText,
  isMissing = false,
}: {
  items: string[]
  emptyText: string
  isMissing?: boolean
}) {
  if (items.length === 0) return emptyText
  return (
    <ul className={styles.words} data-missing={isMissing || undefined}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}

function RunningJob({ job }: { job: Job }) {
  const t = useMessages(projectMessages)
  const localized = useLocalizedText()
  const cancel = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/jobs/{job_id}/cancel', { params: { path: { job_id: job.id } } }),
  })
  const progress = job.state === 'running' ? job.progress : null
  const share = progress && progress.total > 0 ? (progress.done / progress.total) * 100 : null
  return (
    <section className={styles.job} aria-label={t('progress')}>
      <p className={styles.note} role="status">
        {progress?.note ? localized(progress.note) : t('waitingForWorker')}
        {progress && progress.total > 1 && (
          <span>{t('ofTotal', { done: progress.done, total: progress.total })}</span>
        )}
      </p>
      <Progress
        value={share === null || share === 0 ? 100 : share}
        animated={share === null || share === 0}
        striped={share === null || share === 0}
        aria-label={t('progress')}
        color="lamp"
      />
      <Button
        variant="default"
        loading={cancel.isPending || cancel.isSuccess}
        onClick={() => cancel.mutate()}
        className={styles.cancel}
      >
        {t('cancel')}
      </Button>
      <ProblemAlert error={cancel.error} />
    </section>
  )
}

function StoppedJob({ job, project }: { job: Job; project: Project }) {
  const t = useMessages(projectMessages)
  const d = useMessages(consoleMessages)
  const localized = useLocalizedText()
  if (job.state === 'cancelled') {
    return (
      <p className={styles.stopped} role="status">
        {t('cancelled')}
      </p>
    )
  }
  const done = project.storyboard?.shots.filter((shot) => shot.state === 'done').length ?? 0
  const stored = [
    project.outline ? t('kept_outline') : '',
    project.script ? t('kept_script') : '',
    done > 0 ? t('kept_shots', { n: done }) : '',
  ].filter(Boolean)
  return (
    <div className={styles.stopped} data-failed role="alert">
      <strong>{job.error?.title ? localized(job.error.title) : d('state_failed')}</strong>
      {job.error?.detail && <p>{localized(job.error.detail)}</p>}
      <p>{stored.length > 0 ? t('kept', { kept: stored.join(' · ') }) : t('keptNothing')}</p>
    </div>
  )
}
