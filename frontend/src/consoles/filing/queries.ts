import { api } from '../../api/client'

export const filingQuery = (seriesId: string) =>
  api.queryOptions('get', '/api/v1/filing/filings/{series_id}', {
    params: { path: { series_id: seriesId } },
  })

export const filingRulesQuery = api.queryOptions('get', '/api/v1/filing/rules')
