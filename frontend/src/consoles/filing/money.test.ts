import { expect, test } from 'vitest'
import { formatMoney } from './money'

test('sums are written in ten thousands in Chinese and in full in English', () => {
  expect(formatMoney(80_000_000, 'zh')).toBe('80 万元')
  expect(formatMoney(80_000_000, 'en')).toBe('¥800,000')
  expect(formatMoney(99_900, 'zh')).toBe('999 元')
})
