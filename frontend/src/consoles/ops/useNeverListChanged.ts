import { useQueryClient } from '@tanstack/react-query'
import { queryKeyOf } from '../../api/client'

const PATHS = [
  '/api/v1/never-list',
  '/api/v1/never-list/summary',
  '/api/v1/never-list/changes',
] as const

/** Everything that shows the list is read anew after a change. */
export function useNeverListChanged(): () => void {
  const queryClient = useQueryClient()
  return () => {
    for (const path of PATHS) void queryClient.invalidateQueries({ queryKey: queryKeyOf(path) })
  }
}
