/**
 * Where each episode of a story graph stands: rows by distance from the start, spread over each
 * row's width.
 */
import type { EpisodeCard, GraphChoice } from '../api/types'

export interface Place {
  episode: EpisodeCard
  /** 0 to 1 across. */
  x: number
  row: number
}

/**
 * An episode that no way leads to begins the story, beside the others that do: nothing is hidden.
 */
export function layStory(
  episodes: EpisodeCard[],
  choices: GraphChoice[],
): { places: Place[]; rows: number } {
  const byNumber = [...episodes].sort((a, b) => a.number - b.number)
  const reached = new Set(choices.map((choice) => choice.to_episode_id))
  const starts = byNumber.filter((episode) => !reached.has(episode.id))
  const rowOf = new Map<string, number>()
  const walk = (from: EpisodeCard[], firstRow: number) => {
    const queue = from.map((episode): [string, number] => [episode.id, firstRow])
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [id, row] = next
      if (rowOf.has(id)) continue
      rowOf.set(id, row)
      for (const way of choices)
        if (way.from_episode_id === id) queue.push([way.to_episode_id, row + 1])
    }
  }
  walk(starts, 0)
  // What is left only goes round among itself: it begins at its lowest number, below the rest.
  for (const episode of byNumber) {
    if (!rowOf.has(episode.id))
      walk([episode], rowOf.size === 0 ? 0 : Math.max(...rowOf.values()) + 1)
  }
  const rows = new Map<number, EpisodeCard[]>()
  for (const episode of byNumber) {
    const row = rowOf.get(episode.id) ?? 0
    rows.set(row, [...(rows.get(row) ?? []), episode])
  }
  const places = [...rows].flatMap(([row, inRow]) =>
    inRow.map((episode, index) => ({ episode, row, x: (index + 0.5) / inRow.length })),
  )
  return { places, rows: rows.size }
}
