import {
  DEFAULT_THEME,
  defaultVariantColorsResolver,
  luminance,
  mergeMantineTheme,
} from '@mantine/core'
import { expect, test } from 'vitest'
import { theme } from './theme'
import { token } from './tokens'

const merged = mergeMantineTheme(DEFAULT_THEME, theme)
const written: Record<string, string> = {
  'var(--mantine-color-black)': merged.black,
  'var(--mantine-color-white)': merged.white,
}

/** WCAG 2.2's contrast ratio of two colours. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

test.each(['lamp', 'cinnabar', 'jade'])('text on a filled %s button can be read', (color) => {
  const colors = defaultVariantColorsResolver({ color, theme: merged, variant: 'filled' })
  const background = merged.colors[color]?.[6]
  expect(contrast(written[colors.color] ?? '', background ?? '')).toBeGreaterThanOrEqual(4.5)
})

test('a token that stands for another has its value, and one that is missing is an error', () => {
  expect(token('lamp')).toMatch(/^rgb\(\d+, \d+, \d+\)$/)
  expect(token('text-2')).toBe(token('umber-815'))
  expect(() => token('nothing')).toThrow('--nothing')
})
