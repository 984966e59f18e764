/** WebSockets for component tests: each opens at once, and the test speaks for the server. */
import { vi } from 'vitest'

export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly sent: unknown[] = []
  readyState = FakeSocket.CONNECTING
  binaryType = 'blob'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null

  constructor(readonly url: string) {
    opened.push(this)
    queueMicrotask(() => {
      if (this.readyState !== FakeSocket.CONNECTING) return
      this.readyState = FakeSocket.OPEN
      this.onopen?.()
    })
  }

  send(message: unknown): void {
    this.sent.push(typeof message === 'string' ? JSON.parse(message) : message)
  }

  /** What the server sends. */
  receive(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }

  /** Either side closes. */
  close(code = 1000): void {
    if (this.readyState === FakeSocket.CLOSED) return
    this.readyState = FakeSocket.CLOSED
    this.onclose?.({ code })
  }
}

let opened: FakeSocket[] = []

/** Replaces the browser's WebSocket until the test is over. */
export function useFakeSockets(): void {
  opened = []
  vi.stubGlobal('WebSocket', FakeSocket)
}

/** The last connection to an address that contains `path`; fails while there is none. */
export async function socketTo(path: string): Promise<FakeSocket> {
  return await vi.waitFor(
    () => {
      const found = opened.filter((socket) => socket.url.includes(path)).at(-1)
      if (found?.readyState !== FakeSocket.OPEN) throw new Error(`No connection to ${path}`)
      return found
    },
    { timeout: 10_000 },
  )
}
