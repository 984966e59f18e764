/**
 * A WebSocket that comes back: backoff with jitter, at once when the network returns, JSON (or
 * bytes) both ways.
 */

export type SocketStatus = 'connecting' | 'open' | 'waiting' | 'closed'

export interface ReliableSocketOptions {
  /** Called at every try, so that a url may say from where to replay. */
  url: () => string
  onMessage: (message: unknown) => void
  onBytes?: (bytes: Uint8Array) => void
  /** `code` says why the server closed for good. */
  onStatus?: (status: SocketStatus, code?: number) => void
  firstWaitMs?: number
  longestWaitMs?: number
}

/** Codes at which the server means it: trying again would get the same answer. */
const FINAL_CODES = new Set([4400, 4401, 4403, 4404])

export function socketUrl(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
}

export class ReliableSocket {
  private socket: WebSocket | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  private failures = 0
  private stopped = false

  constructor(private readonly options: ReliableSocketOptions) {
    globalThis.addEventListener?.('online', this.retryNow)
    this.connect()
  }

  /** False when the line is down: the caller keeps what it wanted to say. */
  send(message: unknown): boolean {
    return this.sendRaw(JSON.stringify(message))
  }

  sendRaw(message: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(message)
    return true
  }

  /** Give a line up that no longer answers, and try anew. */
  drop(): void {
    const socket = this.socket
    if (!socket) return
    this.socket = null
    socket.close()
    this.tryLater()
  }

  close(): void {
    this.stopped = true
    globalThis.removeEventListener?.('online', this.retryNow)
    if (this.timer) clearTimeout(this.timer)
    this.socket?.close()
    this.options.onStatus?.('closed')
  }

  retryNow = (): void => {
    if (this.stopped || !this.timer) return
    clearTimeout(this.timer)
    this.timer = null
    this.connect()
  }

  private connect(): void {
    this.options.onStatus?.('connecting')
    const socket = new WebSocket(this.options.url())
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    socket.onopen = () => {
      if (this.socket !== socket) return
      this.failures = 0
      this.options.onStatus?.('open')
    }
    socket.onmessage = (event) => {
      if (this.stopped || this.socket !== socket) return
      if (event.data instanceof ArrayBuffer) {
        this.options.onBytes?.(new Uint8Array(event.data))
        return
      }
      let message: unknown
      try {
        message = JSON.parse(String(event.data))
      } catch {
        return
      }
      this.options.onMessage(message)
    }
    socket.onclose = (event) => {
      if (this.stopped || this.socket !== socket) return
      if (FINAL_CODES.has(event.code)) {
        this.stopped = true
        this.options.onStatus?.('closed', event.code)
        return
      }
      this.tryLater()
    }
  }

  private tryLater(): void {
    this.options.onStatus?.('waiting')
    const longest = this.options.longestWaitMs ?? 15_000
    const wait = Math.min(longest, (this.options.firstWaitMs ?? 400) * 2 ** this.failures)
    this.failures += 1
    this.timer = setTimeout(
      () => {
        this.timer = null
        this.connect()
      },
      wait * (0.75 + Math.random() / 2),
    )
  }
}
