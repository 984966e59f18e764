/** What a viewer says of a series or a creator: favourite, follow, not interested. Shown at once, undone if refused. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { notify } from '../ui/Notice'
import { api } from './client'
import type { Marks, SeriesCard } from './types'

interface Mark {
  on: boolean
  toggle: () => void
  set: (on: boolean) => void
}

function useMark(path: string, initially: boolean, stale: string[][]): Mark {
  const client = useQueryClient()
  const [chosen, setChosen] = useState<boolean | null>(null)
  const on = chosen ?? initially
  const { mutate } = useMutation({
    mutationFn: (next: boolean) => (next ? api.put(path) : api.delete(path)),
    onMutate: (next) => {
      setChosen(next)
      return !next
    },
    onError: (error, _next, before) => {
      setChosen(before ?? null)
      notify(error.message)
    },
    onSuccess: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  return { on, toggle: () => mutate(!on), set: mutate }
}

export const useFavourite = (seriesId: string, initially: boolean) =>
  useMark(`/series/${seriesId}/favourite`, initially, [
    ['favourites'],
    ['marks'],
    ['feed', 'following'],
  ])

export const useFollow = (creatorId: string, initially: boolean) =>
  useMark(`/creators/${creatorId}/follow`, initially, [
    ['following'],
    ['marks'],
    ['feed', 'following'],
  ])

export const useNotInterested = (seriesId: string) =>
  useMark(`/series/${seriesId}/not-interested`, false, [['feed-preferences']])

/** Whether a series is kept and its creator followed. */
export function useMarksOf(series: SeriesCard): Marks {
  const marks = useQuery({
    queryKey: ['marks', series.id],
    queryFn: ({ signal }) => api.get<Marks>(`/series/${series.id}/marks`, undefined, signal),
  })
  return marks.data ?? { favourite: false, following: false, not_interested: false }
}
