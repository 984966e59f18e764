/** A project, fetched again whenever its real-time room reports a change. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import type { Job, Project } from '../../api/types'
import { useBatchedInvalidation } from '../shared/useBatchedInvalidation'
import { isBusy } from './project'
import { projectQuery } from './queries'

type RoomEvent = { kind: 'project' } | { kind: 'job'; job: Job }

/** Replayed events come in a burst; one fetch answers them all. */
const BATCH_MS = 250
const POLL_MS = 4000

export function useProject(projectId: string) {
  const queryClient = useQueryClient()
  const { queryKey } = projectQuery(projectId)
  const invalidate = useBatchedInvalidation([queryKey], BATCH_MS)
  const socketStatus = useRealtimeRoom<RoomEvent>(`project:${projectId}`, (event) => {
    if (event.kind === 'job') {
      queryClient.setQueryData<Project>(queryKey, (project) => applyJobUpdate(project, event.job))
      if (event.job.state === 'queued' || event.job.state === 'running') return
    }
    invalidate()
  })
  const query = useQuery({
    ...projectQuery(projectId),
    refetchInterval: ({ state }) =>
      socketStatus !== 'open' && state.data && isBusy(state.data) ? POLL_MS : false,
  })
  return {
    query,
    line: socketStatus,
    set: (project: Project) => queryClient.setQueryData(queryKey, project),
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
