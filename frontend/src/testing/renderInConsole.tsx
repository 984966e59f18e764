import { MantineProvider } from '@mantine/core'
import type { RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { renderInApp } from './render'

// Mantine measures text areas when fonts load, and its parts when they resize: jsdom can neither.
if (!document.fonts) {
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })
}

/** Renders with what a console's page has around it. */
export function renderInConsole(
  children: ReactNode,
  path?: string,
  routePath?: string,
): RenderResult {
  return renderInApp(<MantineProvider env="test">{children}</MantineProvider>, path, routePath)
}
