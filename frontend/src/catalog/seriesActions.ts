/**
 * What a viewer says of a series or a creator: favourite, follow, not interested. Shown at once,
 * undone if refused.
 */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, queryKeyOf } from '../api/client'
import type { Marks, SeriesCard } from '../api/types'
import { showToast } from '../ui/Toast'

interface Mark {
  on: boolean
  toggle: () => void
  set: (on: boolean) => void
}

/** `save` stores the mark; `stale` are the keys of the queries whose answers then change. */
function useMark(
  save: (on: boolean) => Promise<unknown>,
  initially: boolean,
  stale: QueryKey[],
): Mark {
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<boolean | null>(null)
  const on = chosen ?? initially
  const { mutate } = useMutation({
    mutationFn: save,
    onMutate: (next) => {
      setChosen(next)
      return !next
    },
    onError: (error, _next, before) => {
      setChosen(before ?? null)
      showToast(error.message)
    },
    onSuccess: () =>
      Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  })
  return { on, toggle: () => mutate(!on), set: mutate }
}

/** What shows a series' marks, or is chosen by them. */
const MARK_KEYS = [queryKeyOf('/api/v1/series/{series_id}/marks'), ['feed', 'following']]

export function useFavourite(seriesId: string, initially: boolean): Mark {
  const init = { params: { path: { series_id: seriesId } } }
  return useMark(
    (on) =>
      on
        ? client.PUT('/api/v1/series/{series_id}/favourite', init)
        : client.DELETE('/api/v1/series/{series_id}/favourite', init),
    initially,
    [queryKeyOf('/api/v1/favourites'), ...MARK_KEYS],
  )
}

export function useFollow(creatorId: string, initially: boolean): Mark {
  const init = { params: { path: { creator_id: creatorId } } }
  return useMark(
    (on) =>
      on
        ? client.PUT('/api/v1/creators/{creator_id}/follow', init)
        : client.DELETE('/api/v1/creators/{creator_id}/follow', init),
    initially,
    [queryKeyOf('/api/v1/following'), ...MARK_KEYS],
  )
}

export function useNotInterested(seriesId: string): Mark {
  const init = { params: { path: { series_id: seriesId } } }
  return useMark(
    (on) =>
      on
        ? client.PUT('/api/v1/series/{series_id}/not-interested', init)
        : client.DELETE('/api/v1/series/{series_id}/not-interested', init),
    false,
    [queryKeyOf('/api/v1/feed/preferences')],
  )
}

/** Whether a series is kept and its creator followed. */
export function useSeriesMarks(series: SeriesCard): Marks {
  const marks = api.useQuery('get', '/api/v1/series/{series_id}/marks', {
    params: { path: { series_id: series.id } },
  })
  return marks.data ?? { favourite: false, following: false, not_interested: false }
}
