import { Link } from '@tanstack/react-router'
import { api, BY_CURSOR } from '../api/client'
import { SeriesNote } from '../catalog/SeriesNote'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Page } from '../ui/Page'
import { Poster, PosterGrid } from '../ui/Poster'
import { Spinner } from '../ui/Spinner'
import styles from './FavouritesPage.module.css'
import { meMessages } from './messages'

export function FavouritesPage() {
  const t = useMessages(meMessages)
  const kept = api.useInfiniteQuery(
    'get',
    '/api/v1/favourites',
    { params: { query: { limit: 24 } } },
    BY_CURSOR,
  )
  const creators = api.useQuery('get', '/api/v1/following')
  const all = kept.data?.pages.flatMap((page) => page.results) ?? []
  return (
    <Page title={t('favourites')}>
      {kept.isPending && <Spinner />}
      {kept.isError && (
        <ErrorState error={kept.error} level={2} onRetry={() => void kept.refetch()} />
      )}
      {kept.isSuccess && all.length === 0 && (
        <EmptyState
          level={2}
          title={t('favouritesEmpty')}
          actions={
            <Link to="/theatre" className={buttonClass()}>
              {t('toTheatre')}
            </Link>
          }
        >
          <p>{t('favouritesEmptyText')}</p>
        </EmptyState>
      )}
      <PosterGrid>
        {all.map((series) => (
          <li key={series.id}>
            <Poster series={series} note={<SeriesNote series={series} />} />
          </li>
        ))}
      </PosterGrid>
      {kept.hasNextPage && (
        <Button
          look="line"
          wide
          disabled={kept.isFetchingNextPage}
          onClick={() => void kept.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {creators.data && creators.data.results.length > 0 && (
        <section className={styles.creators}>
          <h2>{t('creators')}</h2>
          <ul>
            {creators.data.results.map((creator) => (
              <li key={creator.id}>{creator.display_name}</li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
