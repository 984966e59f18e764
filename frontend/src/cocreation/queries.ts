/** Reads of proposals, credits and writing rooms. */
import { api, queryKeyOf } from '../api/client'

export type ProposalOrder = 'support' | 'newest'
const MAX_OWN = 50
const UNSETTLED_STATES = new Set(['checking', 'held'])
const REFETCH_MS = 5000

export const PROPOSALS_KEY = queryKeyOf('/api/v1/series/{series_id}/proposals')

export const creditsQuery = (seriesId: string) =>
  api.queryOptions('get', '/api/v1/series/{series_id}/together', {
    params: { path: { series_id: seriesId } },
  })

/** The viewer's own proposals, read again while a check may still be running. */
export const ownProposalsQuery = (seriesId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/series/{series_id}/proposals',
    { params: { path: { series_id: seriesId }, query: { mine: true, limit: MAX_OWN } } },
    {
      refetchInterval: ({ state }) =>
        state.data?.results.some((proposal) => UNSETTLED_STATES.has(proposal.speech_state))
          ? REFETCH_MS
          : false,
    },
  )
