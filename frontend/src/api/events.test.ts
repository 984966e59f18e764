import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EventQueue } from './events'
import type { WatchEvent } from './types'

/** The browser's storage by its own rules, kept in memory: what a reload would find again. */
class KeptStorage implements Storage {
  [name: string]: unknown
  private readonly map = new Map<string, string>()
  full = false
  get length() {
    return this.map.size
  }
  key(index: number) {
    return [...this.map.keys()][index] ?? null
  }
  getItem(key: string) {
    return this.map.get(key) ?? null
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.map.set(key, value)
  }
  removeItem(key: string) {
    this.map.delete(key)
  }
  clear() {
    this.map.clear()
  }
}

type Answer = (
  events: WatchEvent[],
  request: IncomingMessage,
) => { status: number; body?: unknown; headers?: Record<string, string> }

let server: Server
let url: string
let answer: Answer
let batches: WatchEvent[][]
let queues: EventQueue[]

beforeEach(async () => {
  batches = []
  queues = []
  answer = () => ({ status: 202 })
  server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { events } = JSON.parse(text) as { events: WatchEvent[] }
    batches.push(events)
    const { status, body, headers } = answer(events, request)
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    response.end(JSON.stringify(body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/events`
})

afterEach(async () => {
  for (const queue of queues) queue.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function queueOn(storage: Storage, to = url): EventQueue {
  const queue = new EventQueue({ url: to, storage, gatherMs: 60_000, firstWaitMs: 20 })
  queues.push(queue)
  return queue
}

let counter = 0
function event(over: Partial<WatchEvent> = {}): WatchEvent {
  counter += 1
  return {
    id: `event-${String(counter).padStart(5, '0')}`,
    kind: 'progress',
    episode_id: 'episode',
    cut_id: 'cut',
    at: new Date(1_800_000_000_000 + counter).toISOString(),
    position_ms: 1000,
    watched_ms: 1000,
    duration_ms: 60_000,
    ...over,
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('events go out in one batch, in order, and are then forgotten', async () => {
  const queue = queueOn(new KeptStorage())
  const [first, second] = [event(), event()]
  queue.add(second)
  queue.add(first)
  await queue.flush()
  expect(batches).toEqual([[first, second]])
  expect(queue.size).toBe(0)
})

test('events that were not acknowledged are found and sent by the next page', async () => {
  const storage = new KeptStorage()
  const before = queueOn(storage, 'http://127.0.0.1:1/nowhere')
  const kept = event()
  before.add(kept)
  await before.flush()
  before.stop()
  expect(before.size).toBe(1)

  queueOn(storage)
  await until(() => batches.length === 1)
  expect(batches[0]).toEqual([kept])
})

test('an item that the server names as bad is dropped and the others are stored', async () => {
  const queue = queueOn(new KeptStorage())
  const bad = event({ duration_ms: -1 })
  const good = [event(), event()]
  queue.add(bad)
  for (const event of good) queue.add(event)
  answer = (events) => {
    const index = events.findIndex(({ id }) => id === bad.id)
    if (index < 0) return { status: 202 }
    return {
      status: 400,
      body: { code: 'invalid_events', errors: [{ index, field: 'duration_ms', message: 'x' }] },
    }
  }
  await queue.flush()
  expect(batches.at(-1)).toEqual(good)
  expect(queue.size).toBe(0)
})

test('a refusal that names no item costs only the item that causes it', async () => {
  const queue = queueOn(new KeptStorage())
  const all = Array.from({ length: 9 }, () => event())
  const poison = all[4]
  for (const event of all) queue.add(event)
  const stored: string[] = []
  answer = (events) => {
    if (events.some(({ id }) => id === poison?.id))
      return { status: 400, body: { code: 'parse_error' } }
    stored.push(...events.map(({ id }) => id))
    return { status: 202 }
  }
  await queue.flush()
  expect(stored.sort()).toEqual(all.filter((event) => event !== poison).map(({ id }) => id))
  expect(queue.size).toBe(0)
})

test('a house that stumbles is asked again until it has stored everything', async () => {
  const queue = queueOn(new KeptStorage())
  let failures = 2
  answer = () => ({ status: failures-- > 0 ? 503 : 202 })
  queue.add(event())
  await queue.flush()
  expect(queue.size).toBe(1)
  await until(() => queue.size === 0)
  expect(batches).toHaveLength(3)
})

test('what is added while a batch is under way goes out after it', async () => {
  const queue = queueOn(new KeptStorage())
  const late = event()
  answer = () => {
    if (batches.length === 1) queue.add(late)
    return { status: 202 }
  }
  queue.add(event())
  await queue.flush()
  expect(batches).toHaveLength(2)
  expect(batches[1]).toEqual([late])
})

test('no batch is larger than the server takes', async () => {
  const queue = queueOn(new KeptStorage())
  for (let i = 0; i < 250; i++) queue.add(event())
  await queue.flush()
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50])
})

test('two pages that share a storage lose nothing to each other', async () => {
  const storage = new KeptStorage()
  const [firstTab, secondTab] = [queueOn(storage), queueOn(storage)]
  const [first, second] = [event(), event()]
  firstTab.add(first)
  secondTab.add(second)
  await firstTab.flush()
  await secondTab.flush()
  expect(new Set(batches.flat().map((sent) => sent.id))).toEqual(new Set([first.id, second.id]))
  expect(storage.length).toBe(0)
})

test('where the storage is full events are still sent', async () => {
  const storage = new KeptStorage()
  storage.full = true
  const queue = queueOn(storage)
  queue.add(event())
  expect(queue.size).toBe(1)
  await queue.flush()
  expect(batches).toHaveLength(1)
  expect(queue.size).toBe(0)
})
