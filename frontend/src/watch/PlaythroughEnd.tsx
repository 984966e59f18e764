import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { AiNotice, PlaythroughState, SeriesDetail } from '../api/types'
import { useMessages } from '../i18n/messages'
import way from '../player/StoryPath.module.css'
import { Button, buttonClass } from '../ui/Button'
import { AiLabel } from '../ui/ContentLabels'
import { watchMessages } from './messages'
import styles from './PlaythroughEnd.module.css'

/** The end of one's way: how one came here, and where else one could have gone. */
export function PlaythroughEnd({
  series,
  path,
  notice,
  onNewRound,
}: {
  series: SeriesDetail
  path: PlaythroughState['path']
  notice: AiNotice | null
  onNewRound: () => void
}) {
  const t = useMessages(watchMessages)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const episodes = new Map(series.episodes.map((episode) => [episode.id, episode]))
  const choices = new Map(series.choices.map((choice) => [choice.id, choice]))
  return (
    <section className={styles.finale} aria-labelledby="finale">
      <AiLabel notice={notice} />
      <h2 id="finale" ref={heading} tabIndex={-1}>
        {t('theEnd')}
      </h2>
      {path.length > 1 && <h3>{t('wayTaken')}</h3>}
      <ol className={`${way.way} ${styles.way}`}>
        {(path.length > 1 ? path : []).map((step, index) => {
          const episode = episodes.get(step.episode_id)
          const choice = step.choice_id ? choices.get(step.choice_id) : undefined
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: episodes may repeat; it only grows.
            <li key={index}>
              {episode && (
                <span>{t('stepPlain', { number: episode.number, title: episode.title })}</span>
              )}
              {choice?.text && (
                <span className={way.choice}>{t('stepChoice', { text: choice.text })}</span>
              )}
            </li>
          )
        })}
      </ol>
      <div className={styles.actions}>
        <Button look={series.branching ? 'cinnabar' : 'lamp'} onClick={onNewRound}>
          {t(series.branching ? 'anotherWay' : 'againWhole')}
        </Button>
        <Link
          to="/series/$seriesId"
          params={{ seriesId: series.id }}
          className={buttonClass('line')}
        >
          {t('toSeries')}
        </Link>
        <Link to="/" className={buttonClass('line')}>
          {t('toFeed')}
        </Link>
      </div>
    </section>
  )
}
