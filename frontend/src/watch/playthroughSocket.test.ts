import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import type { SocketStatus } from '../api/socket'
import type { PlaythroughState } from '../api/types'
import { PlaythroughSocket, type RefusedProblem } from './playthroughSocket'

interface Deed {
  type: string
  key: string
  choice_id?: string
  episode_id?: string
}

let server: WebSocketServer
let port: number
let lines: ServerSocket[]
let deeds: Deed[]
let seq: number
let choices: { id: string }[]
let greet: (line: ServerSocket) => void
let onDeed: (deed: Deed, line: ServerSocket) => void
let client: PlaythroughSocket | null
let states: PlaythroughState[]
let refusals: RefusedProblem[]
let statuses: SocketStatus[]

function stateNow(): PlaythroughState {
  return {
    id: 'way',
    series_id: 's',
    seq,
    episode: { id: 'one' },
    choices,
    ended: false,
    path: [],
  } as unknown as PlaythroughState
}
const tell = (line: ServerSocket) => line.send(JSON.stringify({ type: 'state', state: stateNow() }))

async function listen(at = 0): Promise<void> {
  server = new WebSocketServer({ port: at, host: '127.0.0.1' })
  server.on('connection', (line) => {
    lines.push(line)
    greet(line)
    line.on('message', (data) => {
      const deed = JSON.parse(String(data)) as Deed
      deeds.push(deed)
      onDeed(deed, line)
    })
  })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  port = (server.address() as AddressInfo).port
}

async function stopServer(): Promise<void> {
  for (const line of server.clients) line.terminate()
  await new Promise((resolve) => server.close(resolve))
}

function connect(): PlaythroughSocket {
  client = new PlaythroughSocket({
    url: `ws://127.0.0.1:${port}/ws/playthroughs/way/`,
    seq: 1,
    onState: (state) => states.push(state),
    onRefused: (problem) => refusals.push(problem),
    onStatus: (status) => statuses.push(status),
    firstWaitMs: 10,
  })
  return client
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

beforeEach(async () => {
  lines = []
  deeds = []
  states = []
  refusals = []
  statuses = []
  seq = 1
  choices = []
  greet = tell
  client = null
  onDeed = (_deed, line) => {
    seq += 1
    tell(line)
  }
  await listen()
})

afterEach(async () => {
  client?.close()
  await stopServer()
})

test('the state comes at once and after each choice', async () => {
  const way = connect()
  await until(() => states.length === 1)
  way.choose('left')
  await until(() => states.length === 2)
  expect(deeds).toMatchObject([{ type: 'choose', choice_id: 'left' }])
  expect(states.map((state) => state.seq)).toEqual([1, 2])
  expect(way.waiting).toBe(false)
})

test('a dropped line comes back by itself, at the same place', async () => {
  connect()
  await until(() => states.length === 1)
  lines[0]?.terminate()
  await until(() => states.length === 2)
  expect(states[1]?.seq).toBe(1)
  expect(statuses).toContain('waiting')
  expect(statuses.at(-1)).toBe('open')
})

test('a server that restarts is found again', async () => {
  connect()
  await until(() => states.length === 1)
  await stopServer()
  await until(() => statuses.at(-1) === 'waiting')
  await listen(port)
  await until(() => states.length === 2)
  expect(statuses.at(-1)).toBe('open')
})

test('a choice whose answer was lost is sent again under the same key', async () => {
  onDeed = (_deed, line) => {
    if (deeds.length === 1) {
      line.terminate()
      return
    }
    seq += 1
    tell(line)
  }
  const way = connect()
  await until(() => states.length === 1)
  way.choose('left')
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toHaveLength(2)
  expect(deeds[0]?.key).toBe(deeds[1]?.key)
})

test('a choice that the server took before the line dropped is not sent again', async () => {
  onDeed = (_deed, line) => {
    seq += 1
    line.terminate()
  }
  const way = connect()
  await until(() => states.length === 1)
  way.choose('left')
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toHaveLength(1)
  expect(way.waiting).toBe(false)
})

test('a choice that is made while the line is down goes out when it is back', async () => {
  const way = connect()
  await until(() => states.length === 1)
  await stopServer()
  await until(() => statuses.at(-1) === 'waiting')
  way.choose('right')
  expect(way.waiting).toBe(true)
  await listen(port)
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toMatchObject([{ choice_id: 'right' }])
})

test('a second tap before the answer changes nothing', async () => {
  const way = connect()
  await until(() => states.length === 1)
  way.choose('left')
  way.choose('right')
  await until(() => states.length === 2)
  expect(deeds).toMatchObject([{ choice_id: 'left' }])
})

test('a refused choice is told and leaves the way open for another', async () => {
  onDeed = (deed, line) => {
    if (deeds.length > 1) {
      seq += 1
      tell(line)
      return
    }
    line.send(
      JSON.stringify({
        type: 'refused',
        key: deed.key,
        problem: { code: 'closed', title: { zh: '不通', en: 'Closed' } },
      }),
    )
  }
  const way = connect()
  await until(() => states.length === 1)
  way.choose('left')
  await until(() => refusals.length === 1)
  expect(refusals[0]?.code).toBe('closed')
  way.choose('right')
  await until(() => states.at(-1)?.seq === 2)
})

test.each([
  [
    'a choice',
    (way: PlaythroughSocket) => way.choose('left'),
    { type: 'choose', choice_id: 'left' },
  ],
  [
    'an end',
    (way: PlaythroughSocket) => way.finished('one'),
    { type: 'finished', episode_id: 'one' },
  ],
])('%s before the line is open goes out once', async (_name, act, deed) => {
  const way = connect()
  act(way)
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toMatchObject([deed])
  expect(way.waiting).toBe(false)
})

test('a choice between the opening of the line and its first state goes out once', async () => {
  greet = (line) => setTimeout(() => tell(line), 40)
  const way = connect()
  await until(() => statuses.at(-1) === 'open')
  way.choose('left')
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toHaveLength(1)
  expect(way.waiting).toBe(false)
})

test('what was done in a state that is past by now does not go out', async () => {
  seq = 2
  const way = connect()
  way.finished('one')
  await until(() => states.length === 1)
  expect(way.waiting).toBe(false)
  way.choose('left')
  await until(() => states.at(-1)?.seq === 3)
  expect(deeds).toMatchObject([{ type: 'choose' }])
})

test('a state that crosses a deed on the way does not send it again', async () => {
  onDeed = (_deed, line) => {
    tell(line)
    seq += 1
    tell(line)
  }
  const way = connect()
  await until(() => states.length === 1)
  way.finished('one')
  await until(() => states.at(-1)?.seq === 2)
  way.choose('left')
  await until(() => states.at(-1)?.seq === 3)
  expect(deeds).toMatchObject([{ type: 'finished' }, { type: 'choose' }])
})

test('an end at a fork that opened meanwhile gives way to a choice', async () => {
  onDeed = (deed, line) => {
    if (deed.type === 'choose') seq += 1
    tell(line)
  }
  const way = connect()
  await until(() => states.length === 1)
  choices = [{ id: 'left' }]
  way.finished('one')
  await until(() => states.length === 2)
  expect(way.waiting).toBe(false)
  way.choose('left')
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toMatchObject([{ type: 'finished' }, { type: 'choose' }])
})

test('an end before the line is open is not sent to a fork that opened meanwhile', async () => {
  choices = [{ id: 'left' }]
  const way = connect()
  way.finished('one')
  await until(() => states.length === 1)
  way.choose('left')
  await until(() => states.at(-1)?.seq === 2)
  expect(deeds).toMatchObject([{ type: 'choose' }])
})
