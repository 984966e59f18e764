import { api } from '../api/client'
import type { ProgrammeItem } from '../api/types'

/** How often a page asks whether something has come onto the programme or begun. */
const REFETCH_MS = 30_000

/** What is to come and under way; of one series, or of all. */
export const upcomingPremieresQuery = (seriesId?: string) =>
  api.queryOptions(
    'get',
    '/api/v1/premieres',
    { params: { query: { series_id: seriesId, limit: 12 } } },
    { refetchInterval: REFETCH_MS },
  )

export const isRunning = (item: Pick<ProgrammeItem, 'phase'>) =>
  item.phase === 'playing' || item.phase === 'voting'

/** The day of a time in Asia/Shanghai, to compare with another. */
export const shanghaiDay = (time: string | number) =>
  new Date(time).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
