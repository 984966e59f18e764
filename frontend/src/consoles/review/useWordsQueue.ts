/** Changed words under one filter, refreshed by events of the `words_queue` room. */
import { api, BY_CURSOR } from '../../api/client'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { withItems } from '../../api/withItems'
import { useBatchedInvalidation } from '../shared/useBatchedInvalidation'
import { WORDS_LIST_KEY } from './queries'

export const WORDS_FILTERS = ['waiting', 'checking', 'decided'] as const
export type WordsFilter = (typeof WORDS_FILTERS)[number]

const BATCH_MS = 400
/** Polling interval while the room's connection is down. */
const POLL_MS = 15_000
const STALE_KEYS = [WORDS_LIST_KEY]

export function useWordsQueue(filter: WordsFilter) {
  const invalidate = useBatchedInvalidation(STALE_KEYS, BATCH_MS)
  const socketStatus = useRealtimeRoom('words_queue', invalidate)
  return withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/review/words',
      { params: { query: { state: filter, limit: 30 } } },
      { ...BY_CURSOR, refetchInterval: socketStatus === 'open' ? undefined : POLL_MS },
    ),
  )
}
