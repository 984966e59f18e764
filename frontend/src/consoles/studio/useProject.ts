/** A project, as it is at this moment: fetched, and fetched again whenever its room tells of a change. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useRoom } from '../../api/room'
import { untyped as api } from '../../api/untyped'
import type { Job, Project } from '../types'
import { isBusy } from './project'

type RoomEvent = { kind: 'project' } | { kind: 'job'; job: Job }

/** Replayed events come in a burst; one fetch answers them all. */
const GATHER_MS = 250
const WITHOUT_ROOM_MS = 4000

export function useProject(projectId: string) {
  const client = useQueryClient()
  const queryKey = ['project', projectId]
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const line = useRoom<RoomEvent>(`project:${projectId}`, (event) => {
    if (event.kind === 'job') {
      client.setQueryData<Project>(queryKey, (project) => withJob(project, event.job))
      if (event.job.state === 'queued' || event.job.state === 'running') return
    }
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey })
    }, GATHER_MS)
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
      line !== 'open' && state.data && isBusy(state.data) ? WITHOUT_ROOM_MS : false,
  })
  return { query, line, set: (project: Project) => client.setQueryData(queryKey, project) }
}

const rank = (job: Job) => (job.state === 'queued' ? 0 : job.state === 'running' ? 1 : 2)

/** A job's news on a project; replayed news of an earlier moment changes nothing. */
export function withJob(project: Project | undefined, news: Job): Project | undefined {
  const have = project?.job
  if (!project || !have || have.id !== news.id || rank(news) < rank(have)) return project
  if (rank(news) === 2 && rank(have) === 2) return project
  return { ...project, job: news }
}
