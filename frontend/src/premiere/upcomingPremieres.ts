import { queryOptions } from '@tanstack/react-query'
import type { Page, ProgrammeItem } from '../api/types'
import { untyped as api } from '../api/untyped'

/** How often a page asks whether something has come onto the programme or begun. */
const REFETCH_MS = 30_000

/** What is to come and under way; of one series, or of all. */
export const upcomingPremieresQuery = (seriesId?: string) =>
  queryOptions({
    queryKey: ['premieres', seriesId ?? null],
    queryFn: ({ signal }) =>
      api.get<Page<ProgrammeItem>>('/premieres', { series_id: seriesId, limit: 12 }, signal),
    refetchInterval: REFETCH_MS,
  })

export const isRunning = (item: Pick<ProgrammeItem, 'phase'>) =>
  item.phase === 'playing' || item.phase === 'voting'

/** The day of a time in Asia/Shanghai, to compare with another. */
export const shanghaiDay = (time: string | number) =>
  new Date(time).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
