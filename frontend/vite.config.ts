import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds the platform; the built app is served by the platform itself. */
const platform = process.env.HUABEN_URL ?? 'http://localhost:8000'
const proxy = Object.fromEntries(
  ['/api', '/_allauth', '/media', '/ws', '/healthz', '/readyz', '/metrics'].map((path) => [
    path,
    { target: platform, ws: path === '/ws' },
  ]),
)

interface Graph {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null
}

/** What stands in the face of a package that the entry imports, and is used by lazy pages alone. */
const LATER = /react-router.*useBlocker/

/**
 * What the entry imports statically goes into one chunk: cut up by which lazy page shares what, it
 * compresses worse.
 */
function firstLoad(id: string, graph: Graph): string | null {
  if (LATER.test(id)) return null
  const seen = new Set([id])
  for (const at of seen) {
    const module = graph.getModuleInfo(at)
    if (module?.isEntry) return 'house'
    for (const importer of module?.importers ?? []) seen.add(importer)
  }
  return null
}

export default defineConfig(({ command }) => ({
  base: command === 'build' ? '/static/app/' : '/',
  plugins: [react()],
  build: {
    manifest: true,
    target: 'es2022',
    // Fonts and pictures stay files: the content policy allows no data: fonts, and slices are
    // fetched one by one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: firstLoad, debugName: 'first load' }] } },
    },
  },
  server: { proxy },
  test: {
    // Vitest empties style sheets, a raw one too; the theme reads its colours from this one.
    css: { include: [/tokens\.css/] },
    projects: [
      {
        extends: true,
        test: { name: 'units', include: ['src/**/*.test.ts'], environment: 'node' },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['src/testing/setup.ts'],
        },
      },
    ],
  },
}))
