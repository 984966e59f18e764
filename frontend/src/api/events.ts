/**
 * Watch events, at least once.
 *
 * Each event lies under a key of its own in the browser's storage until the server has said that it
 * holds it, so a reload, a closed tab or a dead network loses nothing, and two tabs never overwrite
 * each other. The server tells duplicates by the event's id. An item that the server names as bad
 * is dropped; the rest goes on.
 */
import { acceptLanguage } from '../i18n/language'
import { csrfToken } from './client'
import type { paths } from './schema'
import type { WatchEvent } from './types'

const PATH = '/api/v1/events' satisfies keyof paths
const PREFIX = 'huaben.event.'
/** A batch stays below the 64 kB that browsers let a closing page send. */
const BATCH = 100
const MAX_STORED = 2000
const FIRST_WAIT_MS = 1000
const MAX_WAIT_MS = 60_000

export interface EventQueueOptions {
  url?: string
  storage?: Storage
  /** How long events gather before they are sent, in ms. */
  gatherMs?: number
  firstWaitMs?: number
}

type Outcome =
  | { kind: 'stored' }
  | { kind: 'bad'; indexes: number[] }
  | { kind: 'retry'; afterMs: number | null }

export class EventQueue {
  private readonly url: string
  private readonly storage: Storage | null
  private readonly gatherMs: number
  private readonly firstWaitMs: number
  /** Holds what the storage would not take (private windows, full disk). */
  private readonly memory = new Map<string, WatchEvent>()
  private timer: ReturnType<typeof setTimeout> | null = null
  private sending: Promise<void> | null = null
  private failures = 0
  private batchSize = BATCH

  constructor(options: EventQueueOptions = {}) {
    this.url = options.url ?? PATH
    this.storage = options.storage ?? globalThis.localStorage ?? null
    this.gatherMs = options.gatherMs ?? 4000
    this.firstWaitMs = options.firstWaitMs ?? FIRST_WAIT_MS
    if (this.keys().length > 0) this.wakeAfter(0)
  }

  add(event: WatchEvent): void {
    try {
      if (!this.storage) throw new Error('no storage')
      this.storage.setItem(PREFIX + event.id, JSON.stringify(event))
    } catch {
      this.memory.set(event.id, event)
    }
    this.forgetOldest()
    if (!this.timer && !this.sending) this.wakeAfter(this.gatherMs)
  }

  /** How many events the server does not hold yet. */
  get size(): number {
    return this.keys().length + this.memory.size
  }

  /**
   * Sends until nothing is left or the server cannot be reached; a second caller waits for the
   * first.
   */
  flush(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null
    })
    return this.sending
  }

  /**
   * The page may vanish now. Everything is handed to the browser to deliver; it stays stored,
   * because no answer may ever be read, and goes out again at the next start, where its ids make it
   * a duplicate.
   */
  flushOnHide(): void {
    const events = this.oldest(BATCH)
    if (events.length === 0) return
    const body = new Blob([JSON.stringify({ events })], { type: 'application/json' })
    if (!navigator.sendBeacon?.(this.url, body)) void this.flush()
  }

  private async sendAll(): Promise<void> {
    this.clearTimer()
    for (;;) {
      const events = this.oldest(this.batchSize)
      if (events.length === 0) {
        this.failures = 0
        return
      }
      const outcome = await this.send(events)
      if (outcome.kind === 'retry') {
        this.failures += 1
        const wait = Math.min(MAX_WAIT_MS, this.firstWaitMs * 2 ** (this.failures - 1))
        this.wakeAfter(outcome.afterMs ?? wait * (0.75 + Math.random() / 2))
        return
      }
      this.failures = 0
      if (outcome.kind === 'stored') {
        this.forget(events)
        this.batchSize = BATCH
      } else if (outcome.indexes.length > 0) {
        this.forget(events.filter((_, index) => outcome.indexes.includes(index)))
      } else if (events.length > 1) {
        // Refused, and no item named: halve, until the bad one stands alone.
        this.batchSize = Math.max(1, Math.floor(events.length / 2))
      } else {
        this.forget(events)
      }
    }
  }

  private async send(events: WatchEvent[]): Promise<Outcome> {
    let response: Response
    try {
      response = await fetch(this.url, {
        method: 'POST',
        credentials: 'same-origin',
        keepalive: true,
        headers: {
          'Content-Type': 'application/json',
          'Accept-Language': acceptLanguage(),
          'X-CSRFToken': csrfToken(),
        },
        body: JSON.stringify({ events }),
      })
    } catch {
      return { kind: 'retry', afterMs: null }
    }
    if (response.ok) return { kind: 'stored' }
    if (response.status === 400 || response.status === 413 || response.status === 422) {
      const body = (await response.json().catch(() => null)) as {
        errors?: { index?: number }[]
      } | null
      const named = (body?.errors ?? []).map((error) => error.index)
      return {
        kind: 'bad',
        indexes: named.filter((index): index is number => Number.isInteger(index)),
      }
    }
    const after = Number(response.headers.get('Retry-After'))
    return { kind: 'retry', afterMs: after > 0 ? after * 1000 : null }
  }

  private keys(): string[] {
    if (!this.storage) return []
    const keys: string[] = []
    for (let i = 0; i < this.storage.length; i++) {
      const key = this.storage.key(i)
      if (key?.startsWith(PREFIX)) keys.push(key)
    }
    return keys
  }

  private oldest(limit: number): WatchEvent[] {
    const events = [...this.memory.values()]
    for (const key of this.keys()) {
      try {
        events.push(JSON.parse(this.storage?.getItem(key) ?? '') as WatchEvent)
      } catch {
        this.storage?.removeItem(key)
      }
    }
    return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, limit)
  }

  private forget(events: WatchEvent[]): void {
    for (const event of events) {
      this.memory.delete(event.id)
      this.storage?.removeItem(PREFIX + event.id)
    }
  }

  private forgetOldest(): void {
    const tooMany = this.size - MAX_STORED
    if (tooMany > 0) this.forget(this.oldest(tooMany))
  }

  private wakeAfter(ms: number): void {
    this.clearTimer()
    this.timer = setTimeout(() => void this.flush(), ms)
  }

  private clearTimer(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }

  /** Stops the clock; what is stored stays stored. */
  stop(): void {
    this.clearTimer()
  }
}

let queue: EventQueue | null = null

/** The page's queue. It is made at first use, and sends what it holds when the page is hidden. */
export function eventQueue(): EventQueue {
  if (!queue) {
    const made = new EventQueue()
    queue = made
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') made.flushOnHide()
    })
    window.addEventListener('pagehide', () => made.flushOnHide())
    window.addEventListener('online', () => void made.flush())
  }
  return queue
}
