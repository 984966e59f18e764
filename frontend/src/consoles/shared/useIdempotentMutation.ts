/** One deed at a desk: sent under a key of its own, so that a repeated press or a lost answer does it once. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { untyped as api } from '../../api/untyped'
import { newId } from '../../api/uuid'

interface PostRequest {
  path: string
  body?: unknown
}

/**
 * POSTs with an `Idempotency-Key` that stays the same while the same deed is tried again, and is new for another.
 * `refresh` names what the deed changes.
 */
export function useIdempotentMutation<T>(
  options: { invalidates?: QueryKey[]; onSuccess?: (answer: T) => void } = {},
) {
  const client = useQueryClient()
  const lastAttempt = useRef<{ fingerprint: string; key: string } | null>(null)
  return useMutation<T, Error, PostRequest>({
    mutationFn: async ({ path, body }) => {
      const fingerprint = `${path} ${JSON.stringify(body ?? null)}`
      if (lastAttempt.current?.fingerprint !== fingerprint)
        lastAttempt.current = { fingerprint, key: newId() }
      return api.post<T>(path, body, { 'Idempotency-Key': lastAttempt.current.key })
    },
    onSuccess: (answer) => {
      lastAttempt.current = null
      options.onSuccess?.(answer)
    },
    onSettled: () => {
      for (const queryKey of options.invalidates ?? []) void client.invalidateQueries({ queryKey })
    },
  })
}
