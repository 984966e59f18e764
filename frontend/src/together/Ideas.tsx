import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../api/me'
import { Problem } from '../api/problem'
import type { SeriesDetail } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Sheet } from '../ui/Sheet'
import { Failed, Lamp } from '../ui/State'
import { IdeaForm } from './IdeaForm'
import { IdeaItem } from './IdeaItem'
import styles from './Ideas.module.css'
import { togetherMessages } from './messages'
import { type Order, ownProposalsQuery, proposalsQuery } from './queries'

/** 看官出主意: what the audience of a series would like, and one's own word in it. */
export function Ideas({ series }: { series: SeriesDetail }) {
  const t = useMessages(togetherMessages)
  const user = useMe()?.user
  const [order, setOrder] = useState<Order>('support')
  const [writing, setWriting] = useState(false)
  const ideas = useInfiniteQuery(proposalsQuery(series.id, order))
  const own = useQuery({ ...ownProposalsQuery(series.id), enabled: Boolean(user) })
  const found = ideas.data?.pages.flatMap((page) => page.results) ?? []
  // What everybody reads stands in the list below, with what its author can do about it.
  const mine = (own.data?.results ?? []).filter(
    (idea) => idea.speech_state !== 'shown' || idea.state === 'declined',
  )
  // The series was taken down while the page stood open: its own page says so.
  if (ideas.error instanceof Problem && ideas.error.gone) return null
  return (
    <section className={styles.ideas} aria-labelledby="ideas">
      <header className={styles.head}>
        <div>
          <h2 id="ideas">{t('title')}</h2>
          <p>{t('lead')}</p>
        </div>
        <Button look="line" onClick={() => setWriting(true)}>
          {t('propose')}
        </Button>
      </header>

      {mine.length > 0 && (
        <div className={styles.own}>
          <h3>{t('own')}</h3>
          <ul>
            {mine.map((idea) => (
              <IdeaItem key={idea.id} idea={idea} listed={false} />
            ))}
          </ul>
        </div>
      )}

      {ideas.isPending && <Lamp small />}
      {ideas.isError && (
        <Failed level={2} error={ideas.error} onRetry={() => void ideas.refetch()} />
      )}
      {ideas.isSuccess && found.length === 0 && (
        <div className={styles.empty}>
          <strong>{t('empty')}</strong>
          <p>{t('emptyText')}</p>
        </div>
      )}
      {found.length > 0 && (
        <>
          {(found.length > 1 || order === 'newest') && (
            <fieldset className={styles.order}>
              <legend className="unseen">{t('order')}</legend>
              {(['support', 'newest'] as const).map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={order === one}
                  onClick={() => setOrder(one)}
                >
                  {t(one === 'support' ? 'orderSupport' : 'orderNewest')}
                </button>
              ))}
            </fieldset>
          )}
          <ul className={styles.list}>
            {found.map((idea) => (
              <IdeaItem key={idea.id} idea={idea} />
            ))}
          </ul>
        </>
      )}
      {ideas.hasNextPage && (
        <Button
          look="line"
          disabled={ideas.isFetchingNextPage}
          onClick={() => void ideas.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {writing && (
        <Sheet title={t('propose')} onClose={() => setWriting(false)}>
          <IdeaForm series={series} onDone={() => setWriting(false)} />
        </Sheet>
      )}
    </section>
  )
}
