import { api } from '../../api/client'

const REFETCH_MS = 30_000

export const claimQuery = (claimId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/rights/claims/{claim_id}',
    { params: { path: { claim_id: claimId } } },
    { refetchInterval: REFETCH_MS },
  )
