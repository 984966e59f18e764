/** What jsdom lacks of a browser, and a fresh server, page and language for each test. */
import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import { setLanguage } from '../i18n/language'
import { FakeServer } from './server'

// A first rendering, and a chunk that is loaded on demand, are slow on a machine that does other work.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 30_000 })

export let server: FakeServer
let wideScreen = false

/** Makes the window as wide as a computer's. */
export function useWideWindow(): void {
  wideScreen = true
}

beforeEach(() => {
  wideScreen = false
  localStorage.clear()
  sessionStorage.clear()
  setLanguage('en')
  server = new FakeServer()
  vi.stubGlobal('fetch', server.fetch)
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('min-width') && wideScreen,
    addEventListener() {},
    removeEventListener() {},
  }))
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

// jsdom plays nothing: these say what a browser would, as events.
Object.assign(HTMLMediaElement.prototype, {
  canPlayType: () => 'maybe',
  load() {},
  async play(this: HTMLMediaElement) {
    Object.defineProperty(this, 'paused', { configurable: true, value: false })
    this.dispatchEvent(new Event('playing'))
  },
  pause(this: HTMLMediaElement) {
    Object.defineProperty(this, 'paused', { configurable: true, value: true })
    this.dispatchEvent(new Event('pause'))
  },
})
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false
  this.dispatchEvent(new Event('close'))
}
Element.prototype.scrollTo ??= () => {}
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.scrollTo = () => {}
