/** A project's story, fetched again when a step of the project has changed it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { answerOf, client } from '../../../api/client'
import type { FactCorrection, Project, StoryState } from '../../../api/types'
import { storyQuery } from '../queries'

export function useStory(project: Project) {
  const queryClient = useQueryClient()
  const { queryKey } = storyQuery(project.id)
  const query = useQuery(storyQuery(project.id))
  const seen = `${project.job?.id} ${project.job?.state} ${project.outline_revision} ${project.script_revision} ${project.stage}`
  const latest = useRef({ seen, projectId: project.id })
  useEffect(() => {
    if (latest.current.seen === seen) return
    latest.current = { seen, projectId: project.id }
    void queryClient.invalidateQueries({ queryKey: storyQuery(project.id).queryKey })
  }, [seen, project.id, queryClient])
  return {
    query,
    set: (story: StoryState) => queryClient.setQueryData(queryKey, story),
  }
}

/** Sends the corrections, all of them, as they are after a tap. */
export function useCorrections(story: StoryState, onStory: (story: StoryState) => void) {
  return useMutation({
    mutationFn: async (corrections: FactCorrection[]) =>
      answerOf(
        client.PUT('/api/v1/studio/projects/{project_id}/story/corrections', {
          params: { path: { project_id: story.project_id } },
          body: { corrections, revision: story.revision },
        }),
      ),
    onSuccess: (next) => onStory(next as StoryState),
  })
}

export function useMaterial(story: StoryState, onStory: (story: StoryState) => void) {
  return useMutation({
    mutationFn: async (material: StoryState['material']) =>
      answerOf(
        client.PUT('/api/v1/studio/projects/{project_id}/story/material', {
          params: { path: { project_id: story.project_id } },
          body: { material },
        }),
      ),
    onSuccess: (next) => onStory(next as StoryState),
  })
}
