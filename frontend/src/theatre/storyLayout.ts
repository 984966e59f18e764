/** Where each episode of a story graph stands: rows by distance from the start, spread over each row's width. */
import type { EpisodeCard, GraphChoice } from '../api/types'

export interface Place {
  episode: EpisodeCard
  /** 0 to 1 across. */
  x: number
  row: number
}

/** Episodes that no choice reaches, but the first, stand on rows of their own below: nothing is hidden. */
export function layStory(episodes: EpisodeCard[], choices: GraphChoice[]): { places: Place[]; rows: number } {
  const rowOf = new Map<string, number>()
  const byNumber = [...episodes].sort((a, b) => a.number - b.number)
  const walk = (start: EpisodeCard, row: number) => {
    const queue: [string, number][] = [[start.id, row]]
    while (queue.length > 0) {
      const [id, at] = queue.shift() as [string, number]
      if (rowOf.has(id)) continue
      rowOf.set(id, at)
      for (const choice of choices)
        if (choice.from_episode_id === id) queue.push([choice.to_episode_id, at + 1])
    }
  }
  for (const episode of byNumber) {
    if (!rowOf.has(episode.id)) walk(episode, rowOf.size === 0 ? 0 : Math.max(...rowOf.values()) + 1)
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
