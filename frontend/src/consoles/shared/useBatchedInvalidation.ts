import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'

/**
 * A function that marks the given queries stale `delayMs` after its first call; calls within that
 * time, such as the events that a room replays, are answered by the same refetch.
 */
export function useBatchedInvalidation(
  queryKeys: readonly QueryKey[],
  delayMs: number,
): () => void {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const latestKeys = useRef(queryKeys)
  useEffect(() => {
    latestKeys.current = queryKeys
  })
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    },
    [],
  )
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      for (const queryKey of latestKeys.current) void queryClient.invalidateQueries({ queryKey })
    }, delayMs)
  }, [queryClient, delayMs])
}
