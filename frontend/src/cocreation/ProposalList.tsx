import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, BY_CURSOR } from '../api/client'
import { useMe } from '../api/me'
import { Problem } from '../api/problem'
import type { SeriesDetail } from '../api/types'
import { withItems } from '../api/withItems'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { ErrorState } from '../ui/ErrorState'
import { SheetDialog } from '../ui/SheetDialog'
import { Spinner } from '../ui/Spinner'
import { cocreationMessages } from './messages'
import { ProposalForm } from './ProposalForm'
import { ProposalItem } from './ProposalItem'
import styles from './ProposalList.module.css'
import { ownProposalsQuery, type ProposalOrder } from './queries'

/** 看官出主意: what the audience of a series would like, and a form to propose more. */
export function ProposalList({ series }: { series: SeriesDetail }) {
  const t = useMessages(cocreationMessages)
  const user = useMe()?.user
  const [order, setOrder] = useState<ProposalOrder>('support')
  const [isWriting, setIsWriting] = useState(false)
  const proposals = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/series/{series_id}/proposals',
      { params: { path: { series_id: series.id }, query: { order, limit: 10 } } },
      BY_CURSOR,
    ),
  )
  const own = useQuery({ ...ownProposalsQuery(series.id), enabled: Boolean(user) })
  const listed = proposals.items
  // What everybody reads stands in the list below, with what its author can do about it.
  const unlistedOwn = (own.data?.results ?? []).filter(
    (proposal) => proposal.speech_state !== 'shown' || proposal.state === 'declined',
  )
  // The series was taken down while the page stood open: its own page says so.
  if (proposals.error instanceof Problem && proposals.error.gone) return null
  return (
    <section className={styles.proposals} aria-labelledby="ideas">
      <header className={styles.header}>
        <div>
          <h2 id="ideas">{t('title')}</h2>
          <p>{t('lead')}</p>
        </div>
        <Button look="line" onClick={() => setIsWriting(true)}>
          {t('propose')}
        </Button>
      </header>

      {unlistedOwn.length > 0 && (
        <div className={styles.ownProposals}>
          <h3>{t('own')}</h3>
          <ul>
            {unlistedOwn.map((proposal) => (
              <ProposalItem key={proposal.id} proposal={proposal} isListed={false} />
            ))}
          </ul>
        </div>
      )}

      {proposals.isPending && <Spinner small />}
      {proposals.isError && (
        <ErrorState level={2} error={proposals.error} onRetry={() => void proposals.refetch()} />
      )}
      {proposals.isSuccess && listed.length === 0 && (
        <div className={styles.empty}>
          <strong>{t('empty')}</strong>
          <p>{t('emptyText')}</p>
        </div>
      )}
      {listed.length > 0 && (
        <>
          {(listed.length > 1 || order === 'newest') && (
            <fieldset className={styles.order}>
              <legend className="unseen">{t('order')}</legend>
              {(['support', 'newest'] as const).map((option) => (
                <button
                  key={option}
                  type="button"
                  aria-pressed={order === option}
                  onClick={() => setOrder(option)}
                >
                  {t(option === 'support' ? 'orderSupport' : 'orderNewest')}
                </button>
              ))}
            </fieldset>
          )}
          <ul className={styles.list}>
            {listed.map((proposal) => (
              <ProposalItem key={proposal.id} proposal={proposal} />
            ))}
          </ul>
        </>
      )}
      {proposals.hasNextPage && (
        <Button
          look="line"
          disabled={proposals.isFetchingNextPage}
          onClick={() => void proposals.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {isWriting && (
        <SheetDialog title={t('propose')} onClose={() => setIsWriting(false)}>
          <ProposalForm series={series} onClose={() => setIsWriting(false)} />
        </SheetDialog>
      )}
    </section>
  )
}
