import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, client } from '../../api/client'
import { useMe } from '../../api/me'
import type { Case } from '../../api/types'
import { CASE_LIST_KEY } from './queries'

export interface CaseReservation {
  isMine: boolean
  isReservedByOther: boolean
  isUndecided: boolean
  /** It is undecided, one's role allows it, and nobody else has reserved it. */
  mayDecide: boolean
  isPending: boolean
  error: Error | null
  /** Reserves the case, or gives it back. */
  toggle: () => void
  /**
   * Reserves the case unless it is one's own already, then calls `done`: only the reviewer decides.
   */
  reserveThen: (done: () => void) => void
}

/** Whether the case is reserved for one moderator, and reserving it. */
export function useCaseReservation(
  reviewCase: Case,
  onCaseChanged: (next: Case) => void,
): CaseReservation {
  const me = useMe()?.user
  const queryClient = useQueryClient()
  const params = { path: { case_id: reviewCase.id } }
  const reservation = useMutation({
    mutationFn: (action: 'take' | 'release') =>
      answerOf<Case>(
        action === 'take'
          ? client.POST('/api/v1/review/cases/{case_id}/take', { params })
          : client.POST('/api/v1/review/cases/{case_id}/release', { params }),
      ),
    onSuccess: onCaseChanged,
    onSettled: () => void queryClient.invalidateQueries({ queryKey: CASE_LIST_KEY }),
  })
  const { reviewer, state } = reviewCase
  const isMine = reviewer !== null && reviewer.id === me?.id
  const isReservedByOther = reviewer !== null && !isMine
  const isUndecided = state === 'open' || state === 'taken'
  const mayDecide = isUndecided && reviewCase.may_decide && !isReservedByOther
  return {
    isMine,
    isReservedByOther,
    isUndecided,
    mayDecide,
    isPending: reservation.isPending,
    error: reservation.error,
    toggle: () => {
      if (mayDecide) reservation.mutate(isMine ? 'release' : 'take')
    },
    reserveThen: (done) => {
      if (!mayDecide) return
      if (isMine) done()
      else reservation.mutate('take', { onSuccess: done })
    },
  }
}
