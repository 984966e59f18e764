/** Reads of what the audience and the makers make together. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Page, Proposal, Together, WritingRoomCard } from '../api/types'
import { untyped as api } from '../api/untyped'

export type ProposalOrder = 'support' | 'newest'
const MAX_OWN = 50
const UNSETTLED_STATES = new Set(['checking', 'held'])
const REFETCH_MS = 5000

export const creditsQuery = (seriesId: string) =>
  queryOptions({
    queryKey: ['together', seriesId],
    queryFn: ({ signal }) => api.get<Together>(`/series/${seriesId}/together`, undefined, signal),
  })

export const proposalsQuery = (seriesId: string, order: ProposalOrder) =>
  infiniteQueryOptions({
    queryKey: ['proposals', seriesId, order],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Proposal>>(
        `/series/${seriesId}/proposals`,
        { order, cursor: pageParam, limit: 10 },
        signal,
      ),
    getNextPageParam: (page) => page.next_cursor,
  })

/** One's own, asked again while a check may still be running. */
export const ownProposalsQuery = (seriesId: string) =>
  queryOptions({
    queryKey: ['proposals', seriesId, 'own'],
    queryFn: ({ signal }) =>
      api.get<Page<Proposal>>(`/series/${seriesId}/proposals`, { mine: 1, limit: MAX_OWN }, signal),
    refetchInterval: ({ state }) =>
      state.data?.results.some((proposal) => UNSETTLED_STATES.has(proposal.speech_state))
        ? REFETCH_MS
        : false,
  })

export const writingRoomsQuery = infiniteQueryOptions({
  queryKey: ['writing-rooms'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<WritingRoomCard>>('/writing', { cursor: pageParam, limit: 10 }, signal),
  getNextPageParam: (page) => page.next_cursor,
})
