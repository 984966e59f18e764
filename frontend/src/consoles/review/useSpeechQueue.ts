/** The public texts under one filter, refreshed by events of the `speech_queue` room. */
import { api, BY_CURSOR } from '../../api/client'
import { useRealtimeRoom } from '../../api/realtimeRoom'
import { withItems } from '../../api/withItems'
import { useBatchedInvalidation } from '../shared/useBatchedInvalidation'
import { SPEECH_LIST_KEY } from './queries'

export const SPEECH_FILTERS = ['held', 'reported', 'shown', 'refused', 'checking'] as const
export type SpeechFilter = (typeof SPEECH_FILTERS)[number]

const BATCH_MS = 400
/** Polling interval while the room's connection is down, and for filters it sends no events of. */
const POLL_MS = 15_000
const STALE_KEYS = [SPEECH_LIST_KEY]
const NOT_ANNOUNCED = new Set<SpeechFilter>(['checking', 'shown'])

export function useSpeechQueue(filter: SpeechFilter) {
  const invalidate = useBatchedInvalidation(STALE_KEYS, BATCH_MS)
  const socketStatus = useRealtimeRoom<{ kind: string }>('speech_queue', (event) => {
    if (event.kind === 'speech') invalidate()
  })
  const isLive = socketStatus === 'open' && !NOT_ANNOUNCED.has(filter)
  return withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/review/speech',
      { params: { query: { state: filter, limit: 30 } } },
      { ...BY_CURSOR, refetchInterval: isLive ? undefined : POLL_MS },
    ),
  )
}
