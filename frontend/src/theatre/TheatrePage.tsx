import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, BY_CURSOR } from '../api/client'
import { genresQuery } from '../catalog/queries'
import { SeriesNote } from '../catalog/SeriesNote'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Icon } from '../ui/Icon'
import { Page } from '../ui/Page'
import { Poster, PosterGrid } from '../ui/Poster'
import { Spinner } from '../ui/Spinner'
import { theatreMessages } from './messages'
import { Shelves } from './Shelves'
import type { TheatreSearch } from './search'
import styles from './TheatrePage.module.css'

const route = getRouteApi('/teahouse/theatre')

export function TheatrePage() {
  const t = useMessages(theatreMessages)
  const search = route.useSearch()
  const looking = search.q !== undefined || search.genre !== undefined
  return (
    <Page title={t('title')} head={<SearchField q={search.q ?? ''} />}>
      <Genres chosen={search.genre} />
      {looking ? <Results search={search} /> : <Shelves />}
    </Page>
  )
}

const TYPING_REST_MS = 350

function SearchField({ q }: { q: string }) {
  const t = useMessages(theatreMessages)
  const navigate = useNavigate()
  const [text, setText] = useState(q)
  useEffect(() => setText(q), [q])
  // What is typed is searched for after a rest; Enter does not wait.
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === q) return
    const timer = setTimeout(() => look(wanted), TYPING_REST_MS)
    return () => clearTimeout(timer)
  })
  const look = (wanted: string) =>
    void navigate({
      to: '/theatre',
      search: (now: TheatreSearch) => ({ ...now, q: wanted || undefined }),
      replace: true,
    })
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          look(text.trim())
        }}
      >
        <Icon name="search" size={20} />
        <input
          type="search"
          value={text}
          placeholder={t('search')}
          aria-label={t('searchLabel')}
          enterKeyHint="search"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        {text !== '' && (
          <button type="button" onClick={() => setText('')}>
            <Icon name="close" size={18} />
            <span className="unseen">{t('clear')}</span>
          </button>
        )}
      </form>
    </search>
  )
}

function Genres({ chosen }: { chosen: string | undefined }) {
  const t = useMessages(theatreMessages)
  const localized = useLocalizedText()
  const navigate = useNavigate()
  const genres = useQuery(genresQuery)
  const list = genres.data ?? []
  if (list.length === 0) return <div className={styles.genres} />
  const choose = (genre: string | undefined) =>
    void navigate({ to: '/theatre', search: (now: TheatreSearch) => ({ ...now, genre }) })
  return (
    <fieldset className={styles.genres}>
      <legend className="unseen">{t('genres')}</legend>
      <button type="button" aria-pressed={chosen === undefined} onClick={() => choose(undefined)}>
        {t('all')}
      </button>
      {list.map((genre) => (
        <button
          key={genre.slug}
          type="button"
          aria-pressed={chosen === genre.slug}
          onClick={() => choose(chosen === genre.slug ? undefined : genre.slug)}
        >
          {localized(genre.name)}
        </button>
      ))}
    </fieldset>
  )
}

function Results({ search }: { search: TheatreSearch }) {
  const t = useMessages(theatreMessages)
  const navigate = useNavigate()
  const { q, genre } = search
  const found = api.useInfiniteQuery(
    'get',
    '/api/v1/series',
    { params: { query: { q, genre, limit: 24 } } },
    { ...BY_CURSOR, placeholderData: keepPreviousData },
  )
  if (found.isPending) return <Spinner />
  if (found.isError)
    return <ErrorState error={found.error} level={2} onRetry={() => void found.refetch()} />
  const all = found.data.pages.flatMap((page) => page.results)
  if (all.length === 0) {
    return (
      <EmptyState
        level={2}
        title={q ? t('none', { q }) : t('noneGenre')}
        actions={
          <Button look="line" onClick={() => void navigate({ to: '/theatre', search: {} })}>
            {t('all')}
          </Button>
        }
      >
        <p role="status">{q ? t('noneText') : t('noneGenreText')}</p>
      </EmptyState>
    )
  }
  return (
    <section aria-busy={found.isFetching}>
      <div className={styles.resultsHead}>
        <p role="status">
          {q && `${t('resultsFor', { q })} · `}
          {found.hasNextPage ? null : t('results', { n: all.length })}
        </p>
      </div>
      <PosterGrid>
        {all.map((series) => (
          <li key={series.id}>
            <Poster series={series} note={<SeriesNote series={series} />} />
          </li>
        ))}
      </PosterGrid>
      {found.hasNextPage && (
        <p className={styles.more}>
          <button
            type="button"
            className={buttonClass('line')}
            disabled={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('more')}
          </button>
        </p>
      )}
    </section>
  )
}

/** What stands below a book: who made it, how long it is. */
