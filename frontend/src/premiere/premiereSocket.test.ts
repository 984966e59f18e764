import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket as ServerConnection, WebSocketServer } from 'ws'
import type { SocketStatus } from '../api/socket'
import type { PremiereState, PremiereVote } from '../api/types'
import { PremiereSocket, type VoteProblem } from './premiereSocket'
import { ServerClock } from './serverClock'

interface ClientMessage {
  type: string
  key?: string
  round?: number
  choice_id?: string
  t?: number
}

let server: WebSocketServer
let port: number
let connections: ServerConnection[]
let received: ClientMessage[]
let onMessage: (message: ClientMessage, connection: ServerConnection) => void
let open: PremiereSocket | null
let states: PremiereState[]
let votes: (PremiereVote | null)[]
let problems: VoteProblem[]
let unavailable: boolean[]
let statuses: SocketStatus[]
let clock: ServerClock
const NOW = '2027-03-01T12:00:00Z'

const state = (seq: number): PremiereState =>
  ({
    seq,
    round: 1,
    phase: 'voting',
    present: 1,
    server_now: NOW,
    choices: [
      { id: 'left', text: '左', votes: 0, percent: 0 },
      { id: 'right', text: '右', votes: 0, percent: 0 },
    ],
  }) as unknown as PremiereState
const sendTo = (connection: ServerConnection, message: unknown) =>
  connection.send(JSON.stringify(message))
const votesReceived = () => received.filter((message) => message.type === 'vote')
const acknowledge = (message: ClientMessage, connection: ServerConnection) => {
  if (message.type === 'vote')
    sendTo(connection, {
      type: 'mine',
      key: message.key,
      vote: { round: 1, choice_id: message.choice_id },
    })
}

async function listen(at = 0): Promise<void> {
  server = new WebSocketServer({ port: at, host: '127.0.0.1' })
  server.on('connection', (connection) => {
    connections.push(connection)
    sendTo(connection, { type: 'state', state: state(3) })
    connection.on('message', (data) => {
      const message = JSON.parse(String(data)) as ClientMessage
      received.push(message)
      onMessage(message, connection)
    })
  })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  port = (server.address() as AddressInfo).port
}

async function stopServer(): Promise<void> {
  for (const connection of server.clients) connection.terminate()
  await new Promise((resolve) => server.close(resolve))
}

function connect(): PremiereSocket {
  open = new PremiereSocket({
    url: `ws://127.0.0.1:${port}/ws/premieres/p/`,
    clock,
    onState: (next) => states.push(next),
    onVote: (vote) => votes.push(vote),
    onRefused: (problem) => problems.push(problem),
    onUnavailable: (is) => unavailable.push(is),
    onStatus: (status) => statuses.push(status),
    firstWaitMs: 10,
    retryMs: 10,
    pingDelaysMs: [5],
  })
  return open
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

beforeEach(async () => {
  connections = []
  received = []
  states = []
  votes = []
  problems = []
  unavailable = []
  statuses = []
  clock = new ServerClock()
  open = null
  onMessage = acknowledge
  await listen()
})

afterEach(async () => {
  open?.close()
  await stopServer()
})

test('a pulse changes the tally and the number of viewers, and nothing else', async () => {
  connect()
  await until(() => states.length === 1)
  const choices = [{ id: 'right', votes: 3, percent: 100 }]
  sendTo(connections[0] as ServerConnection, {
    type: 'pulse',
    pulse: { seq: 3, round: 1, present: 9, server_now: NOW, choices },
  })
  await until(() => states.length === 2)
  expect(states[1]?.present).toBe(9)
  expect(states[1]?.choices).toMatchObject([
    { id: 'left', text: '左', votes: 0 },
    { id: 'right', text: '右', votes: 3, percent: 100 },
  ])
})

test('what is older than what was seen is not shown', async () => {
  connect()
  await until(() => states.length === 1)
  const connection = connections[0] as ServerConnection
  sendTo(connection, { type: 'state', state: state(2) })
  sendTo(connection, {
    type: 'pulse',
    pulse: { seq: 2, round: 1, present: 5, server_now: NOW, choices: [] },
  })
  sendTo(connection, { type: 'state', state: state(4) })
  await until(() => states.length === 2)
  expect(states.map((vote) => vote.seq)).toEqual([3, 4])
})

test('a vote is acknowledged', async () => {
  const socket = connect()
  await until(() => states.length === 1)
  socket.vote(1, 'left')
  await until(() => votes.length === 1)
  expect(votes).toEqual([{ round: 1, choice_id: 'left' }])
})

test('a vote whose acknowledgement was lost is said again under the same key', async () => {
  onMessage = (message, connection) => {
    if (message.type !== 'vote') return
    if (votesReceived().length === 1) connection.terminate()
    else acknowledge(message, connection)
  }
  const socket = connect()
  await until(() => states.length === 1)
  socket.vote(1, 'left')
  await until(() => votes.length === 1)
  expect(votesReceived()).toHaveLength(2)
  expect(votesReceived()[0]?.key).toBe(votesReceived()[1]?.key)
})

test('a vote that was acknowledged is not said again after a dropped line', async () => {
  const socket = connect()
  await until(() => states.length === 1)
  socket.vote(1, 'left')
  await until(() => votes.length === 1)
  connections[0]?.terminate()
  await until(() => states.length === 2)
  await until(() => received.at(-1)?.type === 'ping')
  expect(votesReceived()).toHaveLength(1)
})

test('a vote that is made while the line is down goes out when the house is back', async () => {
  const socket = connect()
  await until(() => states.length === 1)
  await stopServer()
  await until(() => statuses.at(-1) === 'waiting')
  socket.vote(1, 'left')
  socket.vote(1, 'right')
  await listen(port)
  await until(() => votes.length === 1)
  expect(votesReceived()).toMatchObject([{ choice_id: 'right' }])
})

test('a house that is away is told of, and asked again until it has the vote', async () => {
  onMessage = (message, connection) => {
    if (message.type !== 'vote') return
    if (votesReceived().length < 3) sendTo(connection, { type: 'away' })
    else acknowledge(message, connection)
  }
  const socket = connect()
  await until(() => states.length === 1)
  socket.vote(1, 'left')
  await until(() => votes.length === 1)
  expect(new Set(votesReceived().map((vote) => vote.key)).size).toBe(1)
  expect(unavailable).toEqual([true])
  sendTo(connections[0] as ServerConnection, { type: 'state', state: state(4) })
  await until(() => unavailable.length === 2)
  expect(unavailable).toEqual([true, false])
})

test('a refused vote is reported; an older answer does not undo a newer vote', async () => {
  onMessage = (message, connection) => {
    if (message.type !== 'vote') return
    sendTo(connection, { type: 'mine', vote: null })
    sendTo(connection, { type: 'refused', key: message.key, problem: { code: 'vote_closed' } })
  }
  const socket = connect()
  await until(() => states.length === 1)
  socket.vote(1, 'left')
  await until(() => problems.length === 1)
  expect(votes).toEqual([])
  expect(problems[0]?.code).toBe('vote_closed')
})

test('the clock is set by asking', async () => {
  onMessage = (message, connection) => {
    const ahead = new Date((message.t ?? 0) + 60_000).toISOString()
    if (message.type === 'ping')
      sendTo(connection, { type: 'pong', t: message.t, server_now: ahead })
  }
  connect()
  await until(() => received.filter((message) => message.type === 'ping').length >= 3)
  expect(Math.round(clock.offsetMs / 1000)).toBe(60)
})
