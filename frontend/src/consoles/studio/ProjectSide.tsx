import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { untyped as api } from '../../api/untyped'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { deskMessages } from '../desk/messages'
import { Refusal } from '../desk/Refusal'
import type { Job, Project } from '../types'
import styles from './ProjectSide.module.css'
import { isBusy, type NextStep, nextStep } from './project'
import { projectMessages } from './projectMessages'

/** Beside the work: what comes next, how far it is, what went wrong, and what the engine made of the idea. */
export function ProjectSide({
  project,
  onProject,
}: {
  project: Project
  onProject: (project: Project) => void
}) {
  const t = useMessages(projectMessages)
  const words = useWords()
  const advance = useMutation({
    mutationFn: (to: NextStep) =>
      api.post<Project>(`/studio/projects/${project.id}/advance`, { to }),
    onSuccess: onProject,
  })
  const next = nextStep(project)
  const { job } = project
  const stopped = job?.state === 'failed' || job?.state === 'cancelled'
  return (
    <div className={styles.side}>
      {job && isBusy(project) && <Running job={job} />}
      {job && stopped && !project.cut_id && <Stopped job={job} project={project} />}
      {next && !isBusy(project) && (
        <Button
          size="md"
          fullWidth
          loading={advance.isPending}
          onClick={() => advance.mutate(next)}
        >
          {t(stopped ? `again_${next}` : `go_${next}`)}
        </Button>
      )}
      <Refusal error={advance.error} />
      <dl className={styles.facts}>
        <dt>{t('engine')}</dt>
        <dd>{words(project.engine)}</dd>
        <dt>{t('understood')}</dt>
        <dd>
          <WordList items={project.understood} none={t('none')} />
        </dd>
        <dt>{t('notUnderstood')}</dt>
        <dd>
          <WordList items={project.not_understood} none={t('none')} missing />
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
  none,
  missing = false,
}: {
  items: string[]
  none: string
  missing?: boolean
}) {
  if (items.length === 0) return none
  return (
    <ul className={styles.words} data-missing={missing || undefined}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}

function Running({ job }: { job: Job }) {
  const t = useMessages(projectMessages)
  const words = useWords()
  const cancel = useMutation({ mutationFn: () => api.post<Job>(`/jobs/${job.id}/cancel`) })
  const progress = job.state === 'running' ? job.progress : null
  const share = progress && progress.total > 0 ? (progress.done / progress.total) * 100 : null
  return (
    <section className={styles.job} aria-label={t('progress')}>
      <p className={styles.note} role="status">
        {progress?.note ? words(progress.note) : t('waitingForWorker')}
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
      <Refusal error={cancel.error} />
    </section>
  )
}

function Stopped({ job, project }: { job: Job; project: Project }) {
  const t = useMessages(projectMessages)
  const d = useMessages(deskMessages)
  const words = useWords()
  if (job.state === 'cancelled') {
    return (
      <p className={styles.stopped} role="status">
        {t('cancelled')}
      </p>
    )
  }
  const done = project.storyboard?.shots.filter((shot) => shot.state === 'done').length ?? 0
  const kept = [
    project.outline ? t('kept_outline') : '',
    project.script ? t('kept_script') : '',
    done > 0 ? t('kept_shots', { n: done }) : '',
  ].filter(Boolean)
  return (
    <div className={styles.stopped} data-failed role="alert">
      <strong>{job.error?.title ? words(job.error.title) : d('state_failed')}</strong>
      {job.error?.detail && <p>{words(job.error.detail)}</p>}
      <p>{kept.length > 0 ? t('kept', { kept: kept.join(' · ') }) : t('keptNothing')}</p>
    </div>
  )
}
