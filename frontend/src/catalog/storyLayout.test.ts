import { expect, test } from 'vitest'
import type { EpisodeCard, GraphChoice } from '../api/types'
import { layStory } from './storyLayout'

const episodes = (n: number): EpisodeCard[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `e${i + 1}`,
    series_id: 's',
    number: i + 1,
    title: `${i + 1}`,
    duration_ms: 1000,
    has_choices: false,
  }))
const way = (from: number, to: number): GraphChoice => ({
  id: `${from}-${to}`,
  from_episode_id: `e${from}`,
  to_episode_id: `e${to}`,
  text: 'x',
  seal: '',
})
const rowsOf = (n: number, choices: GraphChoice[]) =>
  Object.fromEntries(
    layStory(episodes(n), choices).places.map((place) => [place.episode.number, place.row]),
  )

test('branches stand side by side and meet again below', () => {
  const { places, rows } = layStory(episodes(4), [way(1, 2), way(1, 3), way(2, 4), way(3, 4)])
  expect(rows).toBe(3)
  expect(places.filter((place) => place.row === 1).map((place) => place.x)).toEqual([0.25, 0.75])
  expect(rowsOf(4, [way(1, 2), way(1, 3), way(2, 4), way(3, 4)])).toEqual({
    1: 0,
    2: 1,
    3: 1,
    4: 2,
  })
})

test('a way back does not go round for ever', () => {
  expect(rowsOf(2, [way(1, 2), way(2, 1)])).toEqual({ 1: 0, 2: 1 })
})

test('an episode that no way leads to begins the story beside the first', () => {
  expect(rowsOf(4, [way(1, 3), way(2, 4), way(3, 4)])).toEqual({ 1: 0, 2: 0, 3: 1, 4: 1 })
})

test('episodes that only lead to each other stand below the rest', () => {
  expect(rowsOf(4, [way(1, 2), way(3, 4), way(4, 3)])).toEqual({ 1: 0, 2: 1, 3: 2, 4: 3 })
})
