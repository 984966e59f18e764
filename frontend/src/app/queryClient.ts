import { QueryClient } from '@tanstack/react-query'
import { Problem } from '../api/problem'

const TRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays a refusal; only a server that could not be reached, or failed, is asked
      // again.
      retry: (failures, error) =>
        failures < TRIES &&
        (!(error instanceof Problem) || error.unreachable || error.status >= 500),
    },
    mutations: { networkMode: 'always' },
  },
})
