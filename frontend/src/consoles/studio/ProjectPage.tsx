import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../api/problem'
import type { Project } from '../../api/types'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { buttonClass } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { useCut } from '../shared/useCut'
import { usePreview } from '../shared/usePreview'
import { FilmStep } from './FilmStep'
import { LeavePrompt } from './LeavePrompt'
import { OutlineForm } from './OutlineForm'
import styles from './ProjectPage.module.css'
import { ProjectSidebar } from './ProjectSidebar'
import {
  currentStep,
  furthestStep,
  isStepReachable,
  outlineOf,
  STEPS,
  type Step,
  scriptOf,
} from './project'
import { projectMessages } from './projectMessages'
import { ReviewStep } from './ReviewStep'
import { ScriptForm } from './ScriptForm'
import { ScriptText } from './ScriptText'
import { StoryboardGrid } from './StoryboardGrid'
import { StoryboardTimeline } from './StoryboardTimeline'
import { StoryNotice, StoryStep } from './story/StoryStep'
import { UnsavedDraftsProvider } from './unsavedDrafts'
import { useProject } from './useProject'

/** One project, a step each for idea, outline, script, storyboard, film and review. */
export function ProjectPage() {
  const { projectId } = useParams({ from: '/studio/projects/$projectId' })
  const t = useMessages(projectMessages)
  const { query, set: setProject } = useProject(projectId)
  if (query.isPending) return <Spinner />
  if (query.isError) {
    if (query.error instanceof Problem && query.error.gone) {
      return (
        <main id="content" tabIndex={-1}>
          <EmptyState
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
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  return (
    <UnsavedDraftsProvider key={projectId}>
      <ProjectWorkspace project={query.data} onProject={setProject} />
      <LeavePrompt />
    </UnsavedDraftsProvider>
  )
}

function ProjectWorkspace({
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
  const [selectedShot, setSelectedShot] = useState<number | null>(null)
  useFollowNewSteps(project, step, setStep)
  const { cut, refresh } = useCut(project.cut_id)
  const preview = usePreview(cut?.preview ?? null, refresh)
  const durationMs = cut?.preview?.duration_ms ?? null

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <header className={styles.header}>
        <h1 lang={langOf(project.language)}>{title}</h1>
        <nav aria-label={t('steps')} className={styles.steps}>
          {STEPS.map((name) => (
            <button
              key={name}
              type="button"
              disabled={!isStepReachable(name, project)}
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
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <section className={styles.script} aria-label={t('step_script')} tabIndex={0}>
          <ScriptText project={project} />
        </section>
        <div className={styles.main}>
          {/* Hidden, not gone: what was typed outlives a look at another step. */}
          <div hidden={step !== 'idea'}>
            <StoryStep
              project={project}
              onProject={onProject}
              onPlace={(number, second) => {
                setSelectedShot(number - 1)
                if (durationMs) {
                  setStep('film')
                  preview.seek(second * 1000)
                } else if (project.storyboard) setStep('storyboard')
              }}
            />
          </div>
          {outline && (
            <div hidden={step !== 'outline'}>
              <StoryNotice project={project} onOpen={() => setStep('idea')} />
              <OutlineForm project={project} outline={outline} onSaved={onProject} />
            </div>
          )}
          {script && (
            <div hidden={step !== 'script'}>
              <ScriptForm project={project} script={script} onSaved={onProject} />
            </div>
          )}
          {step === 'storyboard' && (
            <StoryboardGrid project={project} selected={selectedShot} onSelect={setSelectedShot} />
          )}
          <div hidden={step !== 'film'}>
            <FilmStep project={project} cut={cut} preview={preview} title={title} />
          </div>
          {step === 'review' && cut && <ReviewStep project={project} cut={cut} />}
        </div>
        <div className={styles.sidebar}>
          <ProjectSidebar project={project} onProject={onProject} />
        </div>
      </div>
      {project.storyboard && script && (
        <StoryboardTimeline
          shots={project.storyboard.shots}
          script={script}
          language={project.language}
          selected={selectedShot}
          positionMs={durationMs ? preview.positionMs : null}
          onSelect={(number, atMs) => {
            setSelectedShot(number)
            if (durationMs) preview.seek(atMs)
            else setStep('storyboard')
          }}
        />
      )}
    </main>
  )
}

/** Goes on to a new step when it comes, for those who stood at the last one. */
function useFollowNewSteps(project: Project, step: Step, setStep: (step: Step) => void) {
  const furthest = furthestStep(project)
  const previousFurthest = useRef(furthest)
  useEffect(() => {
    if (previousFurthest.current === furthest) return
    // Those who watch the shots being drawn stand at the end too.
    const wasAtLastStep =
      step === previousFurthest.current ||
      (previousFurthest.current === 'film' && step === 'storyboard')
    previousFurthest.current = furthest
    if (wasAtLastStep) setStep(currentStep(project))
  }, [furthest, step, project, setStep])
}
