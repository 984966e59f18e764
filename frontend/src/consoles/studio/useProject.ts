/** A project, as it is at this moment: fetched, and fetched again whenever its room tells of a change. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { untyped as api } from '../../api/untyped'
import type { Job, Project } from '../types'
import { isBusy } from './project'

type RoomEvent = { kind: 'project' } | { kind: 'job'; job: Job }

/** Replayed events come in a burst; one fetch answers them all. */
const BATCH_MS = 250
const POLL_MS = 4000

export function useProject(projectId: string) {
  const client = useQueryClient()
  const queryKey = ['project', projectId]
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const socketStatus = useRealtimeRoom<RoomEvent>(`project:${projectId}`, (event) => {
    if (event.kind === 'job') {
      client.setQueryData<Project>(queryKey, (project) => applyJobUpdate(project, event.job))
      if (event.job.state === 'queued' || event.job.state === 'running') return
    }
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey })
    }, BATCH_MS)
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<Project>(`/studio/projects/${projectId}`, undefined, signal),
    refetchInterval: ({ state }) =>
      socketStatus !== 'open' && state.data && isBusy(state.data) ? POLL_MS : false,
  })
  return {
    query,
    line: socketStatus,
    set: (project: Project) => client.setQueryData(queryKey, project),
  }
}

const jobOrder = (job: Job) => (job.state === 'queued' ? 0 : job.state === 'running' ? 1 : 2)

/** A job's news on a project; replayed news of an earlier moment changes nothing. */
export function applyJobUpdate(project: Project | undefined, update: Job): Project | undefined {
  const current = project?.job
  if (!project || !current || current.id !== update.id || jobOrder(update) < jobOrder(current))
    return project
  if (jobOrder(update) === 2 && jobOrder(current) === 2) return project
  return { ...project, job: update }
}
