import { describe, expect, test } from 'vitest'
import {
  countdown,
  DriftCorrector,
  elapsedShare,
  MIN_DRIFT_MS,
  SEEK_DRIFT_MS,
  ServerClock,
} from './serverClock'

function clockAt(start: number) {
  let here = start
  const clock = new ServerClock(() => here)
  const at = (ms: number) => new Date(ms).toISOString()
  return { clock, at, pass: (ms: number) => (here += ms), here: () => here }
}

describe('the house’s clock', () => {
  test('is taken from a stamp until an answer is there', () => {
    const { clock, at, here } = clockAt(1_000_000)
    clock.addTimestamp(at(here() + 5000))
    expect(clock.now() - here()).toBe(5000)
  })

  test('halves the way of an answer', () => {
    const { clock, at, pass, here } = clockAt(1_000_000)
    const asked = here()
    pass(200)
    clock.addPong(at(asked + 100 + 7000), asked)
    expect(clock.offsetMs).toBe(7000)
  })

  test('trusts the quickest of the last answers, and any answer more than a stamp', () => {
    const { clock, at, pass, here } = clockAt(1_000_000)
    clock.addTimestamp(at(here() - 900))
    let asked = here()
    pass(40)
    clock.addPong(at(asked + 20 + 3000), asked)
    asked = here()
    pass(800)
    clock.addPong(at(asked + 700 + 3000), asked)
    expect(clock.offsetMs).toBe(3000)
  })

  test('forgets answers that are long past, so that a clock that was set is followed', () => {
    const { clock, at, pass, here } = clockAt(1_000_000)
    clock.addPong(at(here() + 60_000), here())
    for (let n = 0; n < 8; n += 1) {
      const asked = here()
      pass(50)
      clock.addPong(at(asked + 25), asked)
    }
    expect(clock.offsetMs).toBe(0)
  })

  test('is not led astray by nonsense', () => {
    const { clock, here } = clockAt(1_000_000)
    clock.addTimestamp('soon')
    clock.addPong('1970-01-01T00:00:00Z', here() + 1)
    expect(clock.now()).toBe(here())
  })
})

describe('following the clock', () => {
  test('a film that is near enough is left alone', () => {
    const follower = new DriftCorrector()
    expect(follower.correct(10_000, 10_000 + MIN_DRIFT_MS, 0)).toEqual({ rate: 1, seekMs: null })
    expect(follower.correct(10_000, 10_000 - MIN_DRIFT_MS, 0)).toEqual({ rate: 1, seekMs: null })
  })

  test('a film that is behind runs faster until it has caught up, not only until near', () => {
    const follower = new DriftCorrector()
    expect(follower.correct(10_000, 11_000, 0).rate).toBeGreaterThan(1)
    expect(follower.correct(10_500, 10_900, 500).rate).toBeGreaterThan(1)
    expect(follower.correct(10_900, 11_000, 1000)).toEqual({ rate: 1, seekMs: null })
    expect(follower.correct(10_900, 11_400, 1500).rate).toBe(1)
  })

  test('a film that is ahead runs a little slower; nobody hears more than a touch', () => {
    const follower = new DriftCorrector()
    const { rate, seekMs } = follower.correct(12_000, 10_000, 0)
    expect(seekMs).toBeNull()
    expect(rate).toBeLessThan(1)
    expect(rate).toBeGreaterThanOrEqual(0.92)
  })

  test('a film that is far off jumps, a little ahead of where it would arrive', () => {
    const follower = new DriftCorrector()
    const { rate, seekMs } = follower.correct(0, 30_000, 0)
    expect(rate).toBe(1)
    expect(seekMs).toBeGreaterThanOrEqual(30_000)
    expect(seekMs).toBeLessThan(31_000)
  })

  test('one jump is given time before the next', () => {
    const follower = new DriftCorrector()
    expect(follower.correct(0, SEEK_DRIFT_MS, 0).seekMs).not.toBeNull()
    expect(follower.correct(0, SEEK_DRIFT_MS + 500, 500).seekMs).toBeNull()
    expect(follower.correct(0, SEEK_DRIFT_MS + 4000, 4000).seekMs).not.toBeNull()
  })

  test('a jump never goes before the beginning', () => {
    expect(new DriftCorrector().correct(9000, -2000, 0).seekMs).toBe(0)
  })
})

describe('the countdown', () => {
  test('counts whole seconds, and says 0 only when it is time', () => {
    expect(countdown(90_000)).toEqual({ days: 0, hours: 0, minutes: 1, seconds: 30 })
    expect(countdown(1)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 })
    expect(countdown(0)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 })
    expect(countdown(-5000).seconds).toBe(0)
  })

  test('knows days', () => {
    expect(countdown((2 * 86_400 + 3 * 3600 + 4 * 60 + 5) * 1000)).toEqual({
      days: 2,
      hours: 3,
      minutes: 4,
      seconds: 5,
    })
  })

  test('a phase that has no length is over', () => {
    const start = '2027-03-01T12:00:00Z'
    const at = Date.parse(start)
    expect(elapsedShare(start, start, at)).toBe(1)
    expect(elapsedShare(start, '2027-03-01T12:00:20Z', at + 5000)).toBe(0.25)
    expect(elapsedShare(start, '2027-03-01T12:00:20Z', at + 60_000)).toBe(1)
  })
})
