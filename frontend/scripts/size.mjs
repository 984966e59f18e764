/**
 * First-load JavaScript of the viewer, gzipped: what a browser fetches before the feed can be used.
 * That is the entry, which holds the feed, and everything that it imports statically. Fails above
 * the budget. hls.js is not in it: it is fetched after the first paint, and only where the browser
 * plays no HLS itself.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 130
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const files = new Set()
function collect(key) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`The manifest has no ${key}: was the app built?`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const imported of chunk.imports ?? []) collect(imported)
}
collect('index.html')

let total = 0
for (const file of files) {
  const bytes = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  total += bytes
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
}
const kb = total / 1000
console.log(`${kb.toFixed(1).padStart(7)} kB  first load, gzipped (budget ${BUDGET_KB} kB)`)
if (kb > BUDGET_KB) {
  console.error(`The viewer's first load is ${(kb - BUDGET_KB).toFixed(1)} kB over its budget.`)
  process.exit(1)
}
