import { api } from '../api/client'

/** The fixed reasons for which a public text may be reported or refused. */
export const speechReasonsQuery = api.queryOptions('get', '/api/v1/speech/reasons', undefined, {
  staleTime: Number.POSITIVE_INFINITY,
})
