import { Link } from '@tanstack/react-router'
import { api } from '../api/client'
import type { SeriesDetail } from '../api/types'
import { layStory } from '../catalog/storyLayout'
import { useMessages } from '../i18n/messages'
import { theatreMessages } from './messages'
import styles from './StoryGraph.module.css'

const ROW_PX = 124
const TOP_PX = 34

/** The story graph as a picture. The list of episodes beside it says the same in words. */
export function StoryGraph({ series }: { series: SeriesDetail }) {
  const t = useMessages(theatreMessages)
  const history = api.useQuery('get', '/api/v1/history', { params: { query: { limit: 100 } } })
  const seen = new Set(history.data?.results.map((item) => item.episode.id))
  const { places, rows } = layStory(series.episodes, series.choices)
  const at = new Map(places.map((place) => [place.episode.id, place]))
  const height = (rows - 1) * ROW_PX + TOP_PX * 2
  const y = (row: number) => TOP_PX + row * ROW_PX

  return (
    <div className={styles.graph} style={{ height }}>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {series.choices.map((choice) => {
          const from = at.get(choice.from_episode_id)
          const to = at.get(choice.to_episode_id)
          if (!from || !to) return null
          const [x1, y1, x2, y2] = [from.x * 100, y(from.row), to.x * 100, y(to.row)]
          const middle = (y1 + y2) / 2
          return (
            <path
              key={choice.id}
              d={`M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`}
              data-seen={(seen.has(from.episode.id) && seen.has(to.episode.id)) || undefined}
            />
          )
        })}
      </svg>
      {series.choices.map((choice) => {
        const from = at.get(choice.from_episode_id)
        const to = at.get(choice.to_episode_id)
        if (!from || !to || !choice.text) return null
        // Nearer to where it leads, so that two ways out of one episode do not lie on each other.
        const x = from.x + (to.x - from.x) * 0.72
        const top = y(from.row) + (y(to.row) - y(from.row)) * 0.54
        return (
          <span
            key={choice.id}
            className={styles.choice}
            style={{ left: `${x * 100}%`, top }}
            aria-hidden="true"
          >
            {choice.text}
          </span>
        )
      })}
      {places.map(({ episode, x, row }) => (
        <Link
          key={episode.id}
          to="/watch/$seriesId/{-$episodeId}"
          params={{ seriesId: series.id, episodeId: episode.id }}
          className={styles.lamp}
          data-seen={seen.has(episode.id) || undefined}
          style={{ left: `${x * 100}%`, top: y(row) }}
        >
          <span className={styles.number}>{episode.number}</span>
          <span className={styles.title}>{episode.title}</span>
          {seen.has(episode.id) && <span className="unseen">{t('watched')}</span>}
        </Link>
      ))}
    </div>
  )
}
