import { expect, test } from 'vitest'
import type { WatchEvent } from '../api/types'
import { WatchLog } from './watchLog'

function logOf(durationMs = 60_000) {
  const events: WatchEvent[] = []
  const log = new WatchLog({ episodeId: 'e', cutId: 'c', durationMs, impressionId: 'i' }, (event) =>
    events.push(event),
  )
  const play = (fromMs: number, toMs: number) => {
    for (let ms = fromMs + 250; ms <= toMs; ms += 250)
      log.onMoment({ type: 'tick', positionMs: ms })
  }
  const kinds = () => events.map((event) => event.kind)
  return { log, events, play, kinds }
}

test('a film watched to the end starts, progresses every five seconds, completes', () => {
  const { log, events, play, kinds } = logOf(12_000)
  log.impression()
  log.onMoment({ type: 'start', positionMs: 0 })
  play(0, 12_000)
  log.onMoment({ type: 'complete', positionMs: 12_000 })
  log.onMoment({ type: 'left', positionMs: 12_000 })
  expect(kinds()).toEqual(['impression', 'start', 'progress', 'progress', 'complete'])
  expect(events.at(-1)).toMatchObject({
    watched_ms: 12_000,
    position_ms: 12_000,
    duration_ms: 12_000,
    impression_id: 'i',
  })
})

test('leaving early is a skip, leaving later is progress', () => {
  const early = logOf()
  early.log.onMoment({ type: 'start', positionMs: 0 })
  early.play(0, 3000)
  early.log.onMoment({ type: 'left', positionMs: 3000 })
  expect(early.kinds()).toEqual(['start', 'skip'])
  expect(early.events.at(-1)).toMatchObject({ watched_ms: 3000 })

  const late = logOf()
  late.log.onMoment({ type: 'start', positionMs: 0 })
  late.play(0, 21_000)
  late.log.onMoment({ type: 'left', positionMs: 21_000 })
  expect(late.kinds().at(-1)).toBe('progress')
})

test('a jump along the film is not watching', () => {
  const { log, events } = logOf()
  log.onMoment({ type: 'start', positionMs: 0 })
  log.onMoment({ type: 'tick', positionMs: 250 })
  log.onMoment({ type: 'tick', positionMs: 50_000 })
  log.onMoment({ type: 'tick', positionMs: 50_250 })
  log.onMoment({ type: 'left', positionMs: 50_250 })
  expect(events.at(-1)).toMatchObject({ watched_ms: 500, position_ms: 50_250 })
})

test('a replay counts its own watching, and every event has an id of its own', () => {
  const { log, events, play } = logOf(10_000)
  log.onMoment({ type: 'start', positionMs: 0 })
  play(0, 10_000)
  log.onMoment({ type: 'complete', positionMs: 10_000 })
  log.onMoment({ type: 'replay', positionMs: 0 })
  play(0, 1000)
  log.onMoment({ type: 'left', positionMs: 1000 })
  expect(events.at(-1)).toMatchObject({ kind: 'skip', watched_ms: 1000 })
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
})
