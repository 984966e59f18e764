import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../api/problem'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { Failed, Lamp, Quiet } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { usePreview } from '../desk/usePreview'
import type { Project } from '../types'
import { FilmStep } from './FilmStep'
import { OutlineForm } from './OutlineForm'
import styles from './ProjectPage.module.css'
import { ProjectSide } from './ProjectSide'
import { currentStep, furthestStep, isOpen, outlineOf, STEPS, type Step, scriptOf } from './project'
import { projectMessages } from './projectMessages'
import { ReviewStep } from './ReviewStep'
import { ScriptForm } from './ScriptForm'
import { ScriptText } from './ScriptText'
import { StoryboardGrid } from './StoryboardGrid'
import { TimeLine } from './TimeLine'
import { useCut } from './useCut'
import { useProject } from './useProject'

/** One idea on its way to an episode: a step each for idea, outline, script, storyboard, film and review. */
export function ProjectPage() {
  const { projectId } = useParams({ from: '/studio/projects/$projectId' })
  const t = useMessages(projectMessages)
  const { query, set } = useProject(projectId)
  if (query.isPending) return <Lamp />
  if (query.isError) {
    if (query.error instanceof Problem && query.error.gone) {
      return (
        <main id="content" tabIndex={-1}>
          <Quiet
            title={t('projectGone')}
            actions={
              <Link to="/studio" className={buttonClass()}>
                {t('backHome')}
              </Link>
            }
          />
        </main>
      )
    }
    return <Failed error={query.error} onRetry={() => void query.refetch()} />
  }
  return <Workbench key={projectId} project={query.data} onProject={set} />
}

function Workbench({
  project,
  onProject,
}: {
  project: Project
  onProject: (project: Project) => void
}) {
  const t = useMessages(projectMessages)
  const outline = outlineOf(project)
  const script = scriptOf(project)
  const title = outline?.title ?? project.idea.slice(0, 24)
  usePageTitle(title)
  const [step, setStep] = useState<Step>(() => currentStep(project))
  const [shot, setShot] = useState<number | null>(null)
  useFollowing(project, step, setStep)
  const { cut, refresh } = useCut(project.cut_id)
  const preview = usePreview(cut?.preview ?? null, refresh)
  const durationMs = cut?.preview?.duration_ms ?? null

  return (
    <main id="content" tabIndex={-1} className={styles.bench}>
      <header className={styles.head}>
        <h1 lang={langOf(project.language)}>{title}</h1>
        <nav aria-label={t('steps')} className={styles.steps}>
          {STEPS.map((name) => (
            <button
              key={name}
              type="button"
              disabled={!isOpen(name, project)}
              aria-current={step === name ? 'step' : undefined}
              onClick={() => setStep(name)}
            >
              {t(`step_${name}`)}
            </button>
          ))}
        </nav>
        <p className={styles.facts}>
          {t('facts', { seconds: project.seconds, seed: project.seed })}
        </p>
      </header>
      <div className={styles.columns} data-step={step}>
        <div className={styles.script}>
          <ScriptText project={project} />
        </div>
        <div className={styles.stage}>
          {step === 'idea' && <Idea project={project} />}
          {step === 'outline' && outline && (
            <OutlineForm project={project} outline={outline} onSaved={onProject} />
          )}
          {step === 'script' && script && (
            <ScriptForm project={project} script={script} onSaved={onProject} />
          )}
          {step === 'storyboard' && (
            <StoryboardGrid project={project} chosen={shot} onChoose={setShot} />
          )}
          <div hidden={step !== 'film'}>
            <FilmStep project={project} cut={cut} preview={preview} title={title} />
          </div>
          {step === 'review' && cut && <ReviewStep project={project} cut={cut} />}
        </div>
        <div className={styles.side}>
          <ProjectSide project={project} onProject={onProject} />
        </div>
      </div>
      {project.storyboard && script && (
        <TimeLine
          shots={project.storyboard.shots}
          script={script}
          language={project.language}
          chosen={shot}
          positionMs={durationMs ? preview.positionMs : null}
          onChoose={(number, atMs) => {
            setShot(number)
            if (durationMs) preview.seek(atMs)
            else setStep('storyboard')
          }}
        />
      )}
    </main>
  )
}

/** Goes on to a new step when it comes, for those who stood at the last one. */
function useFollowing(project: Project, step: Step, setStep: (step: Step) => void) {
  const now = furthestStep(project)
  const before = useRef(now)
  useEffect(() => {
    if (before.current === now) return
    // Those who watch the shots being drawn stand at the end too.
    const stoodAtLast =
      step === before.current || (before.current === 'film' && step === 'storyboard')
    before.current = now
    if (stoodAtLast) setStep(currentStep(project))
  }, [now, step, project, setStep])
}

function Idea({ project }: { project: Project }) {
  const t = useMessages(projectMessages)
  return (
    <section className={styles.idea}>
      <h2>{t('originalIdea')}</h2>
      <blockquote lang={langOf(project.language)}>{project.idea}</blockquote>
    </section>
  )
}
