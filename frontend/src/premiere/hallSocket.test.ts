import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket as Line, WebSocketServer } from 'ws'
import type { SocketStatus } from '../api/socket'
import type { PremiereScene, PremiereVote } from '../api/types'
import { HouseClock } from './clock'
import { type HallProblem, HallSocket } from './hallSocket'

interface Said {
  type: string
  key?: string
  round?: number
  choice_id?: string
  t?: number
}

let server: WebSocketServer
let port: number
let lines: Line[]
let said: Said[]
let onSaid: (message: Said, line: Line) => void
let hall: HallSocket | null
let scenes: PremiereScene[]
let votes: (PremiereVote | null)[]
let problems: HallProblem[]
let away: boolean[]
let statuses: SocketStatus[]
let clock: HouseClock
const NOW = '2027-03-01T12:00:00Z'

const scene = (seq: number): PremiereScene =>
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
  }) as unknown as PremiereScene
const tell = (line: Line, message: unknown) => line.send(JSON.stringify(message))
const ballots = () => said.filter((message) => message.type === 'vote')
const acknowledge = (message: Said, line: Line) => {
  if (message.type === 'vote')
    tell(line, { type: 'mine', key: message.key, vote: { round: 1, choice_id: message.choice_id } })
}

async function listen(at = 0): Promise<void> {
  server = new WebSocketServer({ port: at, host: '127.0.0.1' })
  server.on('connection', (line) => {
    lines.push(line)
    tell(line, { type: 'state', state: scene(3) })
    line.on('message', (data) => {
      const message = JSON.parse(String(data)) as Said
      said.push(message)
      onSaid(message, line)
    })
  })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  port = (server.address() as AddressInfo).port
}

async function stopServer(): Promise<void> {
  for (const line of server.clients) line.terminate()
  await new Promise((resolve) => server.close(resolve))
}

function sit(): HallSocket {
  hall = new HallSocket({
    url: `ws://127.0.0.1:${port}/ws/premieres/p/`,
    clock,
    onScene: (next) => scenes.push(next),
    onVote: (vote) => votes.push(vote),
    onRefused: (problem) => problems.push(problem),
    onAway: (is) => away.push(is),
    onStatus: (status) => statuses.push(status),
    firstWaitMs: 10,
    againMs: 10,
    pingsMs: [5],
  })
  return hall
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

beforeEach(async () => {
  lines = []
  said = []
  scenes = []
  votes = []
  problems = []
  away = []
  statuses = []
  clock = new HouseClock()
  hall = null
  onSaid = acknowledge
  await listen()
})

afterEach(async () => {
  hall?.close()
  await stopServer()
})

test('a pulse changes the tally and the number of viewers, and nothing else', async () => {
  sit()
  await until(() => scenes.length === 1)
  const choices = [{ id: 'right', votes: 3, percent: 100 }]
  tell(lines[0] as Line, {
    type: 'pulse',
    pulse: { seq: 3, round: 1, present: 9, server_now: NOW, choices },
  })
  await until(() => scenes.length === 2)
  expect(scenes[1]?.present).toBe(9)
  expect(scenes[1]?.choices).toMatchObject([
    { id: 'left', text: '左', votes: 0 },
    { id: 'right', text: '右', votes: 3, percent: 100 },
  ])
})

test('what is older than what was seen is not shown', async () => {
  sit()
  await until(() => scenes.length === 1)
  const line = lines[0] as Line
  tell(line, { type: 'state', state: scene(2) })
  tell(line, {
    type: 'pulse',
    pulse: { seq: 2, round: 1, present: 5, server_now: NOW, choices: [] },
  })
  tell(line, { type: 'state', state: scene(4) })
  await until(() => scenes.length === 2)
  expect(scenes.map((one) => one.seq)).toEqual([3, 4])
})

test('a vote is acknowledged', async () => {
  const seat = sit()
  await until(() => scenes.length === 1)
  seat.vote(1, 'left')
  await until(() => votes.length === 1)
  expect(votes).toEqual([{ round: 1, choice_id: 'left' }])
})

test('a vote whose acknowledgement was lost is said again under the same key', async () => {
  onSaid = (message, line) => {
    if (message.type !== 'vote') return
    if (ballots().length === 1) line.terminate()
    else acknowledge(message, line)
  }
  const seat = sit()
  await until(() => scenes.length === 1)
  seat.vote(1, 'left')
  await until(() => votes.length === 1)
  expect(ballots()).toHaveLength(2)
  expect(ballots()[0]?.key).toBe(ballots()[1]?.key)
})

test('a vote that was acknowledged is not said again after a dropped line', async () => {
  const seat = sit()
  await until(() => scenes.length === 1)
  seat.vote(1, 'left')
  await until(() => votes.length === 1)
  lines[0]?.terminate()
  await until(() => scenes.length === 2)
  await until(() => said.at(-1)?.type === 'ping')
  expect(ballots()).toHaveLength(1)
})

test('a vote that is made while the line is down goes out when the house is back', async () => {
  const seat = sit()
  await until(() => scenes.length === 1)
  await stopServer()
  await until(() => statuses.at(-1) === 'waiting')
  seat.vote(1, 'left')
  seat.vote(1, 'right')
  await listen(port)
  await until(() => votes.length === 1)
  expect(ballots()).toMatchObject([{ choice_id: 'right' }])
})

test('a house that is away is told of, and asked again until it has the vote', async () => {
  onSaid = (message, line) => {
    if (message.type !== 'vote') return
    if (ballots().length < 3) tell(line, { type: 'away' })
    else acknowledge(message, line)
  }
  const seat = sit()
  await until(() => scenes.length === 1)
  seat.vote(1, 'left')
  await until(() => votes.length === 1)
  expect(new Set(ballots().map((one) => one.key)).size).toBe(1)
  expect(away).toEqual([true])
  tell(lines[0] as Line, { type: 'state', state: scene(4) })
  await until(() => away.length === 2)
  expect(away).toEqual([true, false])
})

test('a refused vote is told, and what the house knew before a newer vote does not undo that one', async () => {
  onSaid = (message, line) => {
    if (message.type !== 'vote') return
    tell(line, { type: 'mine', vote: null })
    tell(line, { type: 'refused', key: message.key, problem: { code: 'vote_closed' } })
  }
  const seat = sit()
  await until(() => scenes.length === 1)
  seat.vote(1, 'left')
  await until(() => problems.length === 1)
  expect(votes).toEqual([])
  expect(problems[0]?.code).toBe('vote_closed')
})

test('the clock is set by asking', async () => {
  onSaid = (message, line) => {
    const ahead = new Date((message.t ?? 0) + 60_000).toISOString()
    if (message.type === 'ping') tell(line, { type: 'pong', t: message.t, server_now: ahead })
  }
  sit()
  await until(() => said.filter((message) => message.type === 'ping').length >= 3)
  expect(Math.round(clock.offsetMs / 1000)).toBe(60)
})
