/**
 * Outline and script as the studio edits them. Fields that no form shows are sent back unchanged.
 */
import type { Project } from '../../api/types'

export interface Person {
  id: string
  name: string
}
export interface Beat {
  operator: string
  summary: string
  tension: number
  /** What is said in it, where the film is made of the maker's own words. */
  told?: string
}
export interface Outline {
  title: string
  logline: string
  question: string
  genre: string
  /** What it is made of: the engine's plot, the maker's text, or the maker's screenplay. */
  material?: 'invented' | 'told' | 'screenplay'
  people: Person[]
  beats: Beat[]
}
export const EMOTIONS = [
  'calm',
  'joy',
  'sorrow',
  'anger',
  'fear',
  'surprise',
  'love',
  'resolve',
] as const
export type Emotion = (typeof EMOTIONS)[number]
export interface ScriptLine {
  /** null: the storyteller. */
  person: string | null
  text: string
  emotion: Emotion
  verb?: string | null
  pause?: number
}
export interface Scene {
  operator: string
  lines: ScriptLine[]
}
export interface Script {
  title: string
  people: Person[]
  scenes: Scene[]
}

export const outlineOf = (project: Project): Outline | null =>
  project.outline as unknown as Outline | null
export const scriptOf = (project: Project): Script | null =>
  project.script as unknown as Script | null

export const STEPS = ['idea', 'outline', 'script', 'storyboard', 'film', 'review'] as const
export type Step = (typeof STEPS)[number]

/** The furthest step that there is something to see of. */
export function furthestStep(project: Project): Step {
  if (project.cut_id) return 'review'
  if (project.job?.kind === 'studio.render_episode') return 'film'
  if (project.storyboard) return 'storyboard'
  if (project.script) return 'script'
  if (project.outline) return 'outline'
  return 'idea'
}

/** Where a project that is opened shows itself. */
export function currentStep(project: Project): Step {
  const furthest = furthestStep(project)
  return furthest === 'review' ? 'film' : furthest
}

export function isStepReachable(step: Step, project: Project): boolean {
  return STEPS.indexOf(step) <= STEPS.indexOf(furthestStep(project))
}

export type NextStep = 'outline' | 'script' | 'storyboard' | 'render'

/** What comes next, or null when the film is there. */
export function nextStep(project: Project): NextStep | null {
  if (project.cut_id) return null
  if (!project.outline) return 'outline'
  if (!project.script) return 'script'
  // A storyboard whose drawing was cut short is drawn on; what is there is kept.
  if (!project.storyboard || project.storyboard.shots.some((shot) => shot.still_url === null))
    return 'storyboard'
  return 'render'
}

export function isBusy(project: Project): boolean {
  return project.job?.state === 'queued' || project.job?.state === 'running'
}

export interface TimedLine {
  startMs: number
  endMs: number
  speaker: string
  text: string
}

/** Estimates each line's time by its length, for use until the rendered film has real times. */
export function estimateLineTimes(script: Script, durationMs: number): TimedLine[] {
  const names = new Map(script.people.map((person) => [person.id, person.name]))
  const lines = script.scenes.flatMap((scene) => scene.lines)
  const total = lines.reduce((sum, line) => sum + line.text.length + 2, 0)
  let position = 0
  return lines.map((line) => {
    const startMs = (position / total) * durationMs
    position += line.text.length + 2
    return {
      startMs,
      endMs: (position / total) * durationMs,
      speaker: line.person === null ? '' : (names.get(line.person) ?? line.person),
      text: line.text,
    }
  })
}
