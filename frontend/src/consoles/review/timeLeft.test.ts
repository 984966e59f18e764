import { expect, test } from 'vitest'
import { formatTimeLeft } from './timeLeft'

test('time that is left is told by the minute, the hour, the day', () => {
  expect(formatTimeLeft(5 * 60_000 + 7_000)).toBe('5:07')
  expect(formatTimeLeft(3 * 3_600_000 + 4 * 60_000)).toBe('3h04')
  expect(formatTimeLeft(50 * 3_600_000)).toBe('2d2h')
})

test('time that has run out is told by how much', () => {
  expect(formatTimeLeft(-61_000)).toBe('1:01')
})
