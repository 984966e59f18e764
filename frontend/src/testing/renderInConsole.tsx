import { MantineProvider } from '@mantine/core'
import { configure, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { renderInApp } from './render'

// Mantine measures text areas when fonts load, and its parts when they resize: jsdom can neither.
if (!document.fonts) {
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })
}
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// The first rendering of Mantine is slow on a machine that does other work.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 30_000 })

/** Renders with what a console's page has around it. */
export function renderInConsole(children: ReactNode): RenderResult {
  return renderInApp(<MantineProvider env="test">{children}</MantineProvider>)
}
