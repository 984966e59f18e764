import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Problem } from '../api/problem'
import type { SeriesDetail } from '../api/types'
import { continueWatchingQuery, seriesQuery } from '../catalog/queries'
import { useFavourite, useFollow, useSeriesMarks } from '../catalog/seriesActions'
import { useFormat } from '../i18n/format'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { NextPremiere } from '../premiere/NextPremiere'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { FilingLabel } from '../ui/FilingLabel'
import { Icon } from '../ui/Icon'
import { Spinner } from '../ui/Spinner'
import { share } from '../ui/shareLink'
import { showToast } from '../ui/Toast'
import { usePageTitle } from '../ui/usePageTitle'
import { theatreMessages } from './messages'
import styles from './SeriesPage.module.css'
import { StoryGraph } from './StoryGraph'

const Credits = lazy(async () => ({
  default: (await import('../cocreation/seriesSections')).Credits,
}))
const ProposalList = lazy(async () => ({
  default: (await import('../cocreation/seriesSections')).ProposalList,
}))
const route = getRouteApi('/teahouse/series/$seriesId')

export function SeriesPage() {
  const t = useMessages(theatreMessages)
  const { seriesId } = route.useParams()
  const series = useQuery(seriesQuery(seriesId))
  usePageTitle(series.data?.title)
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      {series.isPending && <Spinner />}
      {series.isError &&
        (series.error instanceof Problem && series.error.gone ? (
          <EmptyState
            title={t('goneTitle')}
            actions={
              <Link to="/theatre" className={buttonClass()}>
                {t('toTheatre')}
              </Link>
            }
          >
            <p>{t('goneText')}</p>
          </EmptyState>
        ) : (
          <ErrorState error={series.error} onRetry={() => void series.refetch()} />
        ))}
      {series.data && <Book series={series.data} />}
    </main>
  )
}

function Book({ series }: { series: SeriesDetail }) {
  const t = useMessages(theatreMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const marks = useSeriesMarks(series)
  const favourite = useFavourite(series.id, marks.favourite)
  const follow = useFollow(series.creator.id, marks.following)
  const history = useQuery(continueWatchingQuery)
  const begun = history.data?.results.find((item) => item.series.id === series.id)

  const onShare = async () => {
    const outcome = await share(series.title, `/series/${series.id}`)
    if (outcome === 'copied') showToast(t('shared'))
    if (outcome === 'failed') showToast(t('shareFailed'))
  }

  return (
    <>
      {series.poster_url && (
        <div
          className={styles.ambient}
          style={{ backgroundImage: `url("${series.poster_url}")` }}
        />
      )}
      <div className={styles.hero}>
        <div className={styles.cover}>
          {series.poster_url && <img src={series.poster_url} alt="" />}
        </div>
        <div className={styles.words}>
          <h1>{series.title}</h1>
          <p className={styles.facts}>
            <span>{t('by', { name: series.creator.display_name })}</span>
            <span>{t('episodes', { n: series.episode_count })}</span>
            {series.branching && <span className={styles.branching}>{t('branching')}</span>}
            {series.genres.map((genre) => (
              <Link key={genre.slug} to="/theatre" search={{ genre: genre.slug }}>
                {localized(genre.name)}
              </Link>
            ))}
          </p>
          <p className={styles.synopsis}>{series.synopsis}</p>
          <Suspense>
            <Credits seriesId={series.id} />
          </Suspense>
          <p className={styles.filing}>
            <FilingLabel filing={series.filing} size={24} />
          </p>
          <NextPremiere seriesId={series.id} title={series.title} />
          <div className={styles.actions}>
            <Link
              to="/watch/$seriesId/{-$episodeId}"
              params={{ seriesId: series.id, episodeId: undefined }}
              className={`${buttonClass('lamp')} ${styles.start}`}
            >
              <Icon name="play" size={20} solid />
              {begun ? t('goOn', { number: begun.episode.number }) : t('start')}
            </Link>
            <Button look="line" aria-pressed={favourite.on} onClick={favourite.toggle}>
              <Icon name="bookmark" size={20} solid={favourite.on} />
              {t(favourite.on ? 'kept' : 'keep')}
            </Button>
            <Button look="line" aria-pressed={follow.on} onClick={follow.toggle}>
              <Icon name={follow.on ? 'check' : 'plus'} size={20} />
              {t(follow.on ? 'following' : 'follow')}
            </Button>
            <Button look="quiet" onClick={() => void onShare()}>
              <Icon name="share" size={20} />
              {t('share')}
            </Button>
          </div>
        </div>
      </div>

      <div className={styles.below}>
        <section className={styles.episodes}>
          <h2>{t('episodeList')}</h2>
          <ol>
            {series.episodes.map((episode) => (
              <li key={episode.id}>
                <Link
                  to="/watch/$seriesId/{-$episodeId}"
                  params={{ seriesId: series.id, episodeId: episode.id }}
                >
                  <span className={styles.number}>{episode.number}</span>
                  <span className={styles.name}>{episode.title}</span>
                  {begun?.episode.id === episode.id && (
                    <span className={styles.here} aria-hidden="true" />
                  )}
                  <span className={styles.time}>{format.clock(episode.duration_ms)}</span>
                </Link>
                {series.choices
                  .filter((choice) => choice.from_episode_id === episode.id && choice.text !== '')
                  .map((choice) => (
                    <p key={choice.id} className={styles.way}>
                      <Icon name="fork" size={16} />
                      {t('leadsTo', {
                        text: choice.text,
                        number:
                          series.episodes.find(({ id }) => id === choice.to_episode_id)?.number ??
                          '?',
                      })}
                    </p>
                  ))}
              </li>
            ))}
          </ol>
        </section>
        {series.branching && (
          <section className={styles.graph}>
            <h2>{t('storyGraph')}</h2>
            <p>{t('storyGraphText')}</p>
            <StoryGraph series={series} />
          </section>
        )}
      </div>
      <Suspense fallback={<Spinner small />}>
        <ProposalList series={series} />
      </Suspense>
      <p className={styles.foot}>
        <Link to="/rights/notice" search={{ series: series.id }}>
          {t('rightholder')}
        </Link>
      </p>
    </>
  )
}
