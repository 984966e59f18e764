import { expect, test } from 'vitest'
import type { Messages } from './messages'
import { defineMessages, fill } from './messages'

const files = import.meta.glob<Record<string, unknown>>('../**/*essages.ts', { eager: true })
const areas = Object.entries(files).flatMap(([file, module]) =>
  Object.entries(module)
    .filter(
      ([, value]) => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value,
    )
    .map(([name, value]) => ({
      name: `${file} ${name}`,
      area: value as Messages<Record<string, string>>,
    })),
)
const holes = (text: string) =>
  [...text.matchAll(/\{(\w+)(?:#[^}]*)?\}/g)].map((hole) => hole[1] ?? '')

test('the areas of the app are found', () => {
  expect(areas.length).toBeGreaterThanOrEqual(9)
})

test.each(areas)('$name says everything in both languages', ({ area }) => {
  expect(Object.keys(area.en).sort()).toEqual(Object.keys(area.zh).sort())
  for (const texts of [area.zh, area.en]) {
    for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe('')
  }
})

test.each(areas)('$name asks for the same values in both languages', ({ area }) => {
  for (const [key, zh] of Object.entries(area.zh)) {
    expect(new Set(holes(area.en[key] ?? '')), key).toEqual(new Set(holes(zh)))
  }
})

test.each(areas)('$name has no Chinese left in its English, but names of languages', ({ area }) => {
  for (const [key, text] of Object.entries(area.en)) {
    if (text === '中文' || text === '简体中文') continue
    expect(text, key).not.toMatch(/[\u4e00-\u9fff]/)
  }
})

test('a missing key, another placeholder and a missing value are type errors', () => {
  // @ts-expect-error the English text is missing
  defineMessages({ a: '甲', b: '乙' }, { a: 'a' })
  // @ts-expect-error the English text asks for a value that is not given
  defineMessages({ a: '甲 {x}' }, { a: 'a {y}' })
  // @ts-expect-error a key that Chinese has not
  defineMessages({ a: '甲' }, { a: 'a', b: 'b' })
  expect(defineMessages({ a: '{n} 集' }, { a: '{n} {n#episode|episodes}' }).en.a).toContain('{n}')
})

test('values fill their holes, and English counts', () => {
  expect(fill('第 {number} 集 · {title}', { number: 3, title: '断桥' })).toBe('第 3 集 · 断桥')
  expect(fill('{n} {n#episode|episodes}', { n: 1 })).toBe('1 episode')
  expect(fill('{n} {n#episode|episodes}', { n: 0 })).toBe('0 episodes')
  expect(fill('{n} of {total}', { n: 2 })).toBe('2 of {total}')
})
