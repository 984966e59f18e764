import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { api } from '../api/client'
import type { EpisodeCard, NextEpisode, Playback, SeriesDetail } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { Failed, Lamp } from '../ui/State'
import styles from './Finale.module.css'
import { watchMessages } from './messages'
import { Stage } from './Stage'
import { type OnStage, StageFilm } from './StageFilm'
import pageStyles from './WatchPage.module.css'

/** An episode picked from the list, watched alone: one's own way through the series stays where it is. */
export function OneEpisode({
  series,
  episodeId,
  place,
}: {
  series: SeriesDetail
  episodeId: string
  place: EpisodeCard
}) {
  const t = useMessages(watchMessages)
  const [now, setNow] = useState<OnStage | null>(null)
  const onStage = useCallback((next: OnStage) => setNow(next), [])
  const episode = series.episodes.find((one) => one.id === episodeId)
  const playback = useQuery({
    queryKey: ['playback-alone', episodeId],
    queryFn: () => api.get<Playback>(`/episodes/${episodeId}/playback`),
    staleTime: 60_000,
  })
  const next = useQuery({
    queryKey: ['next-episode', episodeId],
    queryFn: () => api.get<NextEpisode | null>(`/episodes/${episodeId}/next`),
    enabled: now?.state === 'playing' || now?.state === 'ended',
  })

  if (playback.isError) {
    return (
      <main id="content" className={pageStyles.still}>
        <Failed error={playback.error} onRetry={() => void playback.refetch()} />
      </main>
    )
  }
  if (!playback.data || !episode) {
    return (
      <main id="content" className={pageStyles.still}>
        <Lamp />
      </main>
    )
  }
  const over = now?.state === 'ended'
  return (
    <Stage
      series={series}
      episode={episode}
      playback={playback.data}
      now={now}
      asking={over}
      films={
        <StageFilm
          title={series.title}
          episode={episode}
          playback={playback.data}
          part="active"
          onStage={onStage}
        />
      }
      over={
        over && (
          <section className={styles.finale} aria-labelledby="over">
            <h2 id="over">{t('looseEnd')}</h2>
            {episode.has_choices && <p>{t('forkElsewhere')}</p>}
            <div className={styles.actions}>
              {!episode.has_choices && next.data && (
                <Link
                  to="/watch/$seriesId/{-$episodeId}"
                  params={{ seriesId: series.id, episodeId: next.data.episode.id }}
                  className={buttonClass()}
                >
                  {t('next')}
                </Link>
              )}
              <Link
                to="/watch/$seriesId/{-$episodeId}"
                params={{ seriesId: series.id, episodeId: undefined }}
                className={buttonClass('line')}
              >
                {t('yourPlace', { number: place.number })}
              </Link>
              <Button look="quiet" onClick={() => now?.film.replay()}>
                {t('again')}
              </Button>
            </div>
          </section>
        )
      }
    />
  )
}
