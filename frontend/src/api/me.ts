/** Who is here. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client'
import type { Me, Role } from './types'

export const meQuery = api.queryOptions('get', '/api/v1/me', undefined, {
  staleTime: 5 * 60_000,
})

export function useMe(): Me | undefined {
  return useQuery(meQuery).data
}

export function useHasRole(role: Role): boolean {
  return useMe()?.user?.roles.includes(role) ?? false
}

/** After signing in or out, everything that was read belonged to somebody else. */
export function useResetAllQueries(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.resetQueries()
}
