import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = join(import.meta.dirname, '..')
/**
 * Where colours may be written: the tokens. `schema.ts` is generated, tests say what they forbid.
 */
const EXEMPT = /styles\/tokens\.css$|api\/schema\.ts$|\.test\.tsx?$/
/** `#abc`, `#aabbcc`, `rgb(1 2 3)`, `hsl(…)`: but not `rgb(var(--ink-rgb) / 0.5)`. */
const RAW_COLOUR =
  /#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})\b|\b(?:rgb|hsl)a?\(\s*[\d.]|\b(?:hwb|lab|lch|oklab|oklch)\(/gi
const NAMED_COLOUR = /:[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow)\b(?!-)/gi

function rawColours(): string[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  return files
    .map((file) => join(SOURCE, file))
    .filter((file) => /\.(?:css|tsx?)$/.test(file) && !EXEMPT.test(file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|var\(--[\w-]+\)/g, '')
      const found = [...(text.match(RAW_COLOUR) ?? [])]
      if (file.endsWith('.css')) found.push(...(text.match(NAMED_COLOUR) ?? []))
      return found.map((colour) => `${relative(SOURCE, file)}: ${colour}`)
    })
}

test('a colour is written in tokens.css and nowhere else', () => {
  expect(rawColours()).toEqual([])
})
