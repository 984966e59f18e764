import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../api/client'
import { Problem } from '../api/problem'
import type { PremiereVisit } from '../api/types'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import watch from '../ui/CenteredScreen.module.css'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import { showToast } from '../ui/Toast'
import { usePageTitle } from '../ui/usePageTitle'
import { premiereMessages } from './messages'
import { PremiereEnd, TheatreLink } from './PremiereEnd'
import { PremierePlayer } from './PremierePlayer'
import { usePremiere } from './usePremiere'

const route = getRouteApi('/premiere/$premiereId')

/** A premiere: the wait before it, the film and the votes, and the end. */
export function PremierePage() {
  const t = useMessages(premiereMessages)
  const { premiereId } = route.useParams()
  const visit = useQuery({
    ...api.queryOptions('get', '/api/v1/premieres/{premiere_id}', {
      params: { path: { premiere_id: premiereId } },
    }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: (failures, error) => !(error instanceof Problem && error.gone) && failures < 3,
  })
  const title = visit.data?.series?.title
  usePageTitle(title ? t('pageTitle', { title }) : t('pageTitlePlain'))
  if (visit.data) return <LivePremiere key={visit.data.id} visit={visit.data} />
  return (
    <main id="content" className={watch.still}>
      {visit.isPending ? (
        <Spinner />
      ) : visit.error instanceof Problem && visit.error.gone ? (
        <EmptyState title={t('goneTitle')} actions={<TheatreLink />}>
          <p>{t('goneText')}</p>
        </EmptyState>
      ) : (
        <ErrorState error={visit.error} onRetry={() => void visit.refetch()} />
      )}
    </main>
  )
}

function LivePremiere({ visit }: { visit: PremiereVisit }) {
  const t = useMessages(premiereMessages)
  const localized = useLocalizedText()
  const premiere = usePremiere(visit, (problem) =>
    showToast(problem.title ? localized(problem.title) : t('refused')),
  )
  const { state } = premiere
  if (state.phase === 'ended' || state.phase === 'cancelled') return <PremiereEnd state={state} />
  return <PremierePlayer premiere={premiere} />
}
