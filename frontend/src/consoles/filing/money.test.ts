import { expect, test } from 'vitest'
import { moneyWords } from './money'

test('sums are written in ten thousands in Chinese and in full in English', () => {
  expect(moneyWords(80_000_000, 'zh')).toBe('80 万元')
  expect(moneyWords(80_000_000, 'en')).toBe('¥800,000')
  expect(moneyWords(99_900, 'zh')).toBe('999 元')
})
