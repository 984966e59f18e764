import { expect, test } from 'vitest'
import {
  formatAgo,
  formatClock,
  formatCount,
  formatDate,
  formatDateTime,
  formatSpoken,
} from './format'

test('a clock shows minutes and seconds, and hours from the first', () => {
  expect(formatClock(0)).toBe('0:00')
  expect(formatClock(65_999)).toBe('1:05')
  expect(formatClock(3_600_000 + 61_000)).toBe('1:01:01')
  expect(formatClock(-5)).toBe('0:00')
  expect(formatClock(Number.NaN)).toBe('0:00')
})

test('spoken times are words in both languages', () => {
  expect(formatSpoken(65_000, 'zh')).toBe('1分5秒')
  expect(formatSpoken(65_000, 'en')).toBe('1 min 5 s')
  expect(formatSpoken(9_000, 'en')).toBe('9 s')
})

test('how long ago is told coarsely, and as a date from a week on', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')
  expect(formatAgo('2026-11-20T11:59:50Z', 'zh', now)).toBe('刚刚')
  expect(formatAgo('2026-11-20T11:30:00Z', 'en', now)).toBe('30 minutes ago')
  expect(formatAgo('2026-11-20T09:00:00Z', 'zh', now)).toBe('3小时前')
  expect(formatAgo('2026-11-19T09:00:00Z', 'en', now)).toBe('yesterday')
  expect(formatAgo('2026-11-01T09:00:00Z', 'en', now)).toBe('1 Nov 2026')
  expect(formatAgo('not a date', 'en', now)).toBe('')
})

test('a day is the day in Shanghai, wherever the reader is', () => {
  expect(formatDate('2026-11-20T17:00:00Z', 'zh')).toBe('2026年11月21日')
  expect(formatDateTime('2026-11-20T17:05:00Z', 'en')).toContain('01:05')
})

test('large counts are compact in each language', () => {
  expect(formatCount(9_999, 'zh')).toBe('9,999')
  expect(formatCount(24_000, 'zh')).toBe('2.4万')
  expect(formatCount(24_000, 'en')).toBe('24k')
})
