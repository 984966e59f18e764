import { expect, test } from 'vitest'
import { ScrollingTracks, StaticRows } from './danmakuTracks'

const STAGE = 400
const CROSSING = 8000
const GAP = 20
const tracks = (count = 3) =>
  new ScrollingTracks({ tracks: count, containerWidth: STAGE, scrollMs: CROSSING, gapPx: GAP })
/** Where an item's head and tail are, counted from the right edge inwards. */
const at = (width: number, startMs: number, nowMs: number) => {
  const head = ((STAGE + width) / CROSSING) * (nowMs - startMs)
  return { head, tail: head - width }
}

test('items of one moment take tracks from above; what finds none is left out', () => {
  const run = tracks()
  expect([1, 2, 3, 4].map(() => run.assign(120, 0))).toEqual([0, 1, 2, null])
})

test('a track is free again once the tail before is inside by the gap', () => {
  const run = tracks(1)
  run.assign(100, 0)
  const inside = ((100 + GAP) / (STAGE + 100)) * CROSSING
  expect(run.assign(100, inside - 1)).toBeNull()
  expect(run.assign(100, inside)).toBe(0)
})

test('a long slip, which runs faster, waits until it cannot run into a short one', () => {
  const run = tracks(1)
  run.assign(40, 0)
  const inside = ((40 + GAP) / (STAGE + 40)) * CROSSING
  expect(run.assign(600, inside)).toBeNull()
  const safe = CROSSING - STAGE / ((STAGE + 600) / CROSSING)
  expect(run.assign(600, safe)).toBe(0)
})

test('whatever comes, no two slips of a track ever touch', () => {
  let seed = 7
  const random = () => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  const run = tracks(4)
  const slips: { track: number; width: number; start: number }[] = []
  for (let now = 0; now < 120_000; now += Math.floor(random() * 400)) {
    const width = 30 + Math.floor(random() * 700)
    const track = run.assign(width, now)
    if (track !== null) slips.push({ track, width, start: now })
  }
  expect(slips.length).toBeGreaterThan(40)
  for (const [index, slip] of slips.entries()) {
    const next = slips.slice(index + 1).find((other) => other.track === slip.track)
    if (!next) continue
    for (let now = next.start; now <= slip.start + CROSSING; now += 50) {
      // The one before has left at the far edge, or its tail is ahead of the head that follows.
      expect(at(slip.width, slip.start, now).tail).toBeGreaterThanOrEqual(
        Math.min(STAGE, at(next.width, next.start, now).head) - 0.001,
      )
    }
  }
})

test("one's own words always find a track, the least crowded", () => {
  const run = tracks(2)
  run.assign(300, 0)
  run.assign(100, 0)
  expect(run.assign(100, 400)).toBeNull()
  expect(run.assign(100, 400, true)).toBe(1)
})

test('without motion a slip stands alone in its row until its time is over', () => {
  const rows = new StaticRows(2, 4000)
  expect([rows.assign(10, 0), rows.assign(10, 1000), rows.assign(10, 2000)]).toEqual([0, 1, null])
  expect(rows.assign(10, 2000, true)).toBe(0)
  expect(rows.assign(10, 5000)).toBe(1)
})
