/** One deed at a desk: sent under a key of its own, so that a repeated press or a lost answer does it once. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { untyped as api } from '../../api/untyped'
import { newId } from '../../api/uuid'

interface Deed {
  path: string
  body?: unknown
}

/**
 * POSTs with an `Idempotency-Key` that stays the same while the same deed is tried again, and is new for another.
 * `refresh` names what the deed changes.
 */
export function useAct<T>(options: { refresh?: QueryKey[]; onDone?: (answer: T) => void } = {}) {
  const client = useQueryClient()
  const kept = useRef<{ deed: string; key: string } | null>(null)
  return useMutation<T, Error, Deed>({
    mutationFn: async ({ path, body }) => {
      const deed = `${path} ${JSON.stringify(body ?? null)}`
      if (kept.current?.deed !== deed) kept.current = { deed, key: newId() }
      return api.post<T>(path, body, { 'Idempotency-Key': kept.current.key })
    },
    onSuccess: (answer) => {
      kept.current = null
      options.onDone?.(answer)
    },
    onSettled: () => {
      for (const queryKey of options.refresh ?? []) void client.invalidateQueries({ queryKey })
    },
  })
}
