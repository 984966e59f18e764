import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { answerOf } from './client'
import { newId } from './uuid'

interface IdempotencyHeader {
  'Idempotency-Key': string
}

/**
 * A request that takes effect once. `send` is given a header whose `Idempotency-Key` stays the same
 * while the same variables are sent again (a repeated press, a lost answer), and is new for others.
 * `invalidates` names the queries to read anew, whether it was taken or refused.
 */
export function useIdempotentMutation<Answer, Variables = void>(
  send: (variables: Variables, header: IdempotencyHeader) => Promise<{ data?: Answer }>,
  options: { invalidates?: QueryKey[]; onSuccess?: (answer: Answer) => void } = {},
) {
  const queryClient = useQueryClient()
  const lastAttempt = useRef<{ variables: string; key: string } | null>(null)
  return useMutation<Answer, Error, Variables>({
    mutationFn: (variables) => {
      const serialised = JSON.stringify(variables ?? null)
      if (lastAttempt.current?.variables !== serialised) {
        lastAttempt.current = { variables: serialised, key: newId() }
      }
      return answerOf(send(variables, { 'Idempotency-Key': lastAttempt.current.key }))
    },
    onSuccess: (answer) => {
      lastAttempt.current = null
      options.onSuccess?.(answer)
    },
    onSettled: () => {
      for (const queryKey of options.invalidates ?? [])
        void queryClient.invalidateQueries({ queryKey })
    },
  })
}
