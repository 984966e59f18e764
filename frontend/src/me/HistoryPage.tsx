import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, client, queryKeyOf } from '../api/client'
import { eventQueue } from '../api/events'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Icon } from '../ui/Icon'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import { showToast } from '../ui/Toast'
import styles from './HistoryPage.module.css'
import { meMessages } from './messages'

/** Everything that rests on what was watched. */
const STALE_KEYS = [
  queryKeyOf('/api/v1/history'),
  queryKeyOf('/api/v1/continue-watching'),
  queryKeyOf('/api/v1/feed/preferences'),
]

export function useDeleteHistory() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (episodeId?: string) =>
      episodeId
        ? client.DELETE('/api/v1/history/{episode_id}', {
            params: { path: { episode_id: episodeId } },
          })
        : client.DELETE('/api/v1/history'),
    onSuccess: () =>
      Promise.all(STALE_KEYS.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    onError: (error) => showToast(error.message),
  })
}

export function HistoryPage() {
  const t = useMessages(meMessages)
  const format = useFormat()
  const history = useInfiniteQuery({
    queryKey: [...queryKeyOf('/api/v1/history'), 'pages'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      // What this browser has not told yet belongs in the list, too.
      if (pageParam === null) await eventQueue().flush()
      const query = { cursor: pageParam ?? undefined, limit: 30 }
      return answerOf(client.GET('/api/v1/history', { params: { query }, signal }))
    },
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  })
  const forget = useDeleteHistory()
  const items = history.data?.pages.flatMap((page) => page.results) ?? []

  return (
    <Page title={t('history')} narrow head={items.length > 0 && <DeleteAll />}>
      {history.isPending && <Spinner />}
      {history.isError && (
        <ErrorState error={history.error} level={2} onRetry={() => void history.refetch()} />
      )}
      {history.isSuccess && items.length === 0 && (
        <EmptyState
          level={2}
          title={t('historyEmpty')}
          actions={
            <Link to="/" className={buttonClass()}>
              {t('toFeed')}
            </Link>
          }
        >
          <p>{t('historyEmptyText')}</p>
        </EmptyState>
      )}
      <ul className={styles.list}>
        {items.map(({ series, episode, watched_at, position_ms, completed }) => (
          <li key={episode.id} className={styles.item}>
            <Link
              to="/watch/$seriesId/{-$episodeId}"
              params={{ seriesId: series.id, episodeId: episode.id }}
              className={styles.link}
            >
              <span className={styles.picture}>
                {series.poster_url && <img src={series.poster_url} alt="" loading="lazy" />}
                <span
                  style={{
                    transform: `scaleX(${completed ? 1 : position_ms / (episode.duration_ms || 1)})`,
                  }}
                />
              </span>
              <span className={styles.words}>
                <span className={styles.title}>{series.title}</span>
                <span>{t('episodeLine', { number: episode.number, title: episode.title })}</span>
                <span className={styles.when}>
                  {completed
                    ? t('watchedWhole', { when: format.ago(watched_at) })
                    : t('watchedAt', {
                        when: format.ago(watched_at),
                        at: format.clock(position_ms),
                      })}
                </span>
              </span>
            </Link>
            <button
              type="button"
              className={styles.remove}
              onClick={() => forget.mutate(episode.id)}
            >
              <Icon name="close" size={20} />
              <span className="unseen">
                {t('deleteOne', { title: series.title, number: episode.number })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {history.hasNextPage && (
        <Button
          look="line"
          wide
          disabled={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Page>
  )
}

/** Deleting everything asks once, in place. */
export function DeleteAll() {
  const t = useMessages(meMessages)
  const [asking, setAsking] = useState(false)
  const forget = useDeleteHistory()
  if (!asking) {
    return (
      <Button look="line" onClick={() => setAsking(true)}>
        {t('deleteAll')}
      </Button>
    )
  }
  return (
    <div className={styles.ask} role="alertdialog" aria-labelledby="delete-all">
      <p id="delete-all">{t('deleteAllAsk')}</p>
      <Button
        look="cinnabar"
        disabled={forget.isPending}
        onClick={() =>
          forget.mutate(undefined, {
            onSuccess: () => {
              setAsking(false)
              showToast(t('deleted'))
            },
          })
        }
      >
        {t('yes')}
      </Button>
      <Button look="line" onClick={() => setAsking(false)}>
        {t('no')}
      </Button>
    </div>
  )
}
