/**
 * The connection to a premiere: the shared state, the viewer's vote, and the server's clock.
 *
 * A vote is stored under its key until the server has acknowledged or refused it, and sent again
 * after a reconnect or while the server is unavailable; the server ignores a key it has had. A vote
 * that is changed meanwhile replaces the one before.
 */
import { ReliableSocket, type SocketStatus } from '../api/socket'
import type { LocalizedText, PremiereState, PremiereVote } from '../api/types'
import { newId } from '../api/uuid'
import type { ServerClock } from './serverClock'

export interface VoteProblem {
  code: string
  title?: LocalizedText
}

interface Pulse {
  seq: number
  round: number
  present: number
  server_now: string
  choices: { id: string; votes: number; percent: number }[]
}

type ServerMessage =
  | { type: 'state'; state: PremiereState }
  | { type: 'pulse'; pulse: Pulse }
  | { type: 'mine'; key?: string; vote: PremiereVote | null }
  | { type: 'refused'; key: string | null; problem: VoteProblem }
  | { type: 'pong'; t: number; server_now: string }
  | { type: 'away' }

interface VoteMessage {
  type: 'vote'
  key: string
  round: number
  choice_id: string
}

export interface PremiereSocketOptions {
  url: string
  clock: ServerClock
  onState: (state: PremiereState) => void
  onVote: (vote: PremiereVote | null) => void
  onRefused: (problem: VoteProblem) => void
  /** True: the server answers, but cannot reach its database; false: it can again. */
  onUnavailable: (away: boolean) => void
  onStatus: (status: SocketStatus) => void
  firstWaitMs?: number
  retryMs?: number
  pingDelaysMs?: number[]
}

const RETRY_MS = 1500
/** A few questions soon, then one now and then. */
const PING_DELAYS_MS = [100, 600, 1500, 10_000]

export class PremiereSocket {
  private readonly socket: ReliableSocket
  private pendingVote: VoteMessage | null = null
  private state: PremiereState | null = null
  private retryTimer: ReturnType<typeof setTimeout> | null = null
  private pingTimer: ReturnType<typeof setTimeout> | null = null
  private away = false

  constructor(private readonly options: PremiereSocketOptions) {
    this.socket = new ReliableSocket({
      url: () => options.url,
      firstWaitMs: options.firstWaitMs,
      onStatus: (status) => {
        if (status === 'open') this.handleOpen()
        else if (this.pingTimer) clearTimeout(this.pingTimer)
        options.onStatus(status)
      },
      onMessage: (message) => this.handleMessage(message as ServerMessage),
    })
  }

  vote(round: number, choiceId: string): void {
    this.pendingVote = { type: 'vote', key: newId(), round, choice_id: choiceId }
    this.socket.send(this.pendingVote)
  }

  close(): void {
    if (this.retryTimer) clearTimeout(this.retryTimer)
    if (this.pingTimer) clearTimeout(this.pingTimer)
    this.socket.close()
  }

  private handleOpen(): void {
    if (this.pendingVote) this.socket.send(this.pendingVote)
    this.schedulePing(0)
  }

  private schedulePing(attempt: number): void {
    const delays = this.options.pingDelaysMs ?? PING_DELAYS_MS
    this.pingTimer = setTimeout(
      () => {
        this.socket.send({ type: 'ping', t: Date.now() })
        this.schedulePing(attempt + 1)
      },
      delays[Math.min(attempt, delays.length - 1)],
    )
  }

  private handleMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'state':
        if (this.state && message.state.seq < this.state.seq) return
        this.options.clock.addTimestamp(message.state.server_now)
        this.setUnavailable(false)
        this.emitState(message.state)
        return
      case 'pulse':
        this.options.clock.addTimestamp(message.pulse.server_now)
        this.setUnavailable(false)
        if (this.state && message.pulse.seq === this.state.seq)
          this.emitState(applyPulse(this.state, message.pulse))
        return
      case 'mine':
        if (message.key && message.key === this.pendingVote?.key) this.pendingVote = null
        // What is on its way is newer than what the server knew.
        if (!this.pendingVote) this.options.onVote(message.vote)
        return
      case 'refused':
        if (message.key !== this.pendingVote?.key) return
        this.pendingVote = null
        this.options.onRefused(message.problem)
        return
      case 'pong':
        this.options.clock.addPong(message.server_now, message.t)
        return
      case 'away':
        this.setUnavailable(true)
        if (this.pendingVote && !this.retryTimer) {
          this.retryTimer = setTimeout(() => {
            this.retryTimer = null
            if (this.pendingVote) this.socket.send(this.pendingVote)
          }, this.options.retryMs ?? RETRY_MS)
        }
    }
  }

  private emitState(state: PremiereState): void {
    this.state = state
    this.options.onState(state)
  }

  private setUnavailable(isUnavailable: boolean): void {
    if (isUnavailable === this.away) return
    this.away = isUnavailable
    this.options.onUnavailable(isUnavailable)
  }
}

function applyPulse(state: PremiereState, pulse: Pulse): PremiereState {
  const tallies = new Map(pulse.choices.map((choice) => [choice.id, choice]))
  return {
    ...state,
    present: pulse.present,
    choices: state.choices.map((choice) => ({ ...choice, ...tallies.get(choice.id) })),
  }
}
