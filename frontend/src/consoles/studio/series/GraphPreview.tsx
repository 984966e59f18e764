import type { EpisodeCard, GraphChoice, StudioEpisode } from '../../../api/types'
import { layStory } from '../../../catalog/storyLayout'
import { langOf } from '../../../i18n/language'
import type { ChoiceRow } from './choiceRows'
import styles from './GraphEditor.module.css'

const ROW_PX = 96
const PADDING_PX = 30

/** The story graph as a picture. The rows below say the same in words, also to screen readers. */
export function GraphPreview({
  episodes,
  rows: choices,
  language,
}: {
  episodes: StudioEpisode[]
  rows: ChoiceRow[]
  language: string
}) {
  const cards: EpisodeCard[] = episodes.map(({ id, number, title }) => ({
    id,
    number,
    title,
    series_id: '',
    duration_ms: 0,
    has_choices: false,
  }))
  const edges: GraphChoice[] = choices.map((row) => ({
    id: row.key,
    from_episode_id: row.from,
    to_episode_id: row.to,
    text: row.text,
    seal: row.seal,
  }))
  const { places, rows } = layStory(cards, edges)
  const placeByEpisode = new Map(places.map((place) => [place.episode.id, place]))
  const height = (rows - 1) * ROW_PX + PADDING_PX * 2
  const y = (row: number) => PADDING_PX + row * ROW_PX
  return (
    <div className={styles.preview} style={{ height }} lang={langOf(language)} aria-hidden="true">
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {edges.map((edge) => {
          const [from, to] = [
            placeByEpisode.get(edge.from_episode_id),
            placeByEpisode.get(edge.to_episode_id),
          ]
          if (!from || !to) return null
          const [x1, y1, x2, y2] = [from.x * 100, y(from.row), to.x * 100, y(to.row)]
          const middle = (y1 + y2) / 2
          return (
            <path key={edge.id} d={`M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`} />
          )
        })}
      </svg>
      {places.map(({ episode, x, row }) => (
        <span key={episode.id} className={styles.node} style={{ left: `${x * 100}%`, top: y(row) }}>
          <b>{episode.number}</b>
          <span>{episode.title}</span>
        </span>
      ))}
    </div>
  )
}
