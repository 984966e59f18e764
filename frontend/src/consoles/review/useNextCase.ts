/** The next case for this moderator, reserved for them as it is opened. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../api/client'
import type { Case } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { reviewMessages } from './messages'
import { CASE_LIST_KEY, caseQuery } from './queries'

/** `open(said)` opens it and says so after `said`; where nothing waits, the desk is opened. */
export function useNextCase() {
  const t = useMessages(reviewMessages)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const next = useMutation({
    mutationFn: async (_said: string) =>
      ((await client.POST('/api/v1/review/cases/next')).data as Case | undefined) ?? null,
    onSuccess: (found, said) => {
      const notice = found ? t('nextCase', { title: found.series.title }) : t('queueDone')
      showToast(said ? `${said} · ${notice}` : notice)
      if (!found) {
        void navigate({ to: '/review' })
        return
      }
      queryClient.setQueryData(caseQuery(found.id).queryKey, found)
      void navigate({ to: '/review/$caseId', params: { caseId: found.id } })
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: CASE_LIST_KEY }),
  })
  return {
    isPending: next.isPending,
    error: next.error,
    open: (said = '') => {
      if (!next.isPending) next.mutate(said)
    },
  }
}
