/**
 * A seat in front of a premiere: what everybody sees, one's own vote, and the common clock.
 *
 * A vote is kept under its key until the house has acknowledged or refused it, and said again after a dropped line or while the
 * house is away; the house knows a key that it has had. A vote that is changed meanwhile replaces the one before.
 */
import { ReliableSocket, type SocketStatus } from '../api/socket'
import type { PremiereScene, PremiereVote, Words } from '../api/types'
import { newId } from '../api/uuid'
import type { HouseClock } from './clock'

export interface HallProblem {
  code: string
  title?: Words
}

interface Pulse {
  seq: number
  round: number
  present: number
  server_now: string
  choices: { id: string; votes: number; percent: number }[]
}

type HouseSays =
  | { type: 'state'; state: PremiereScene }
  | { type: 'pulse'; pulse: Pulse }
  | { type: 'mine'; key?: string; vote: PremiereVote | null }
  | { type: 'refused'; key: string | null; problem: HallProblem }
  | { type: 'pong'; t: number; server_now: string }
  | { type: 'away' }

interface Ballot {
  type: 'vote'
  key: string
  round: number
  choice_id: string
}

export interface HallOptions {
  url: string
  clock: HouseClock
  onScene: (scene: PremiereScene) => void
  onVote: (vote: PremiereVote | null) => void
  onRefused: (problem: HallProblem) => void
  /** The house answers, but cannot read its books. */
  onAway: (away: boolean) => void
  onStatus: (status: SocketStatus) => void
  firstWaitMs?: number
  againMs?: number
  pingsMs?: number[]
}

const AGAIN_MS = 1500
/** A few questions soon, then one now and then. */
const PINGS_MS = [100, 600, 1500, 10_000]

export class HallSocket {
  private readonly socket: ReliableSocket
  private pending: Ballot | null = null
  private scene: PremiereScene | null = null
  private again: ReturnType<typeof setTimeout> | null = null
  private ping: ReturnType<typeof setTimeout> | null = null
  private away = false

  constructor(private readonly options: HallOptions) {
    this.socket = new ReliableSocket({
      url: () => options.url,
      firstWaitMs: options.firstWaitMs,
      onStatus: (status) => {
        if (status === 'open') this.begin()
        else if (this.ping) clearTimeout(this.ping)
        options.onStatus(status)
      },
      onMessage: (message) => this.hear(message as HouseSays),
    })
  }

  vote(round: number, choiceId: string): void {
    this.pending = { type: 'vote', key: newId(), round, choice_id: choiceId }
    this.socket.send(this.pending)
  }

  close(): void {
    if (this.again) clearTimeout(this.again)
    if (this.ping) clearTimeout(this.ping)
    this.socket.close()
  }

  private begin(): void {
    if (this.pending) this.socket.send(this.pending)
    this.ask(0)
  }

  private ask(nth: number): void {
    const waits = this.options.pingsMs ?? PINGS_MS
    this.ping = setTimeout(
      () => {
        this.socket.send({ type: 'ping', t: Date.now() })
        this.ask(nth + 1)
      },
      waits[Math.min(nth, waits.length - 1)],
    )
  }

  private hear(message: HouseSays): void {
    switch (message.type) {
      case 'state':
        if (this.scene && message.state.seq < this.scene.seq) return
        this.options.clock.stamp(message.state.server_now)
        this.setAway(false)
        this.show(message.state)
        return
      case 'pulse':
        this.options.clock.stamp(message.pulse.server_now)
        this.setAway(false)
        if (this.scene && message.pulse.seq === this.scene.seq)
          this.show(withPulse(this.scene, message.pulse))
        return
      case 'mine':
        if (message.key && message.key === this.pending?.key) this.pending = null
        // What is on its way is newer than what the house knew.
        if (!this.pending) this.options.onVote(message.vote)
        return
      case 'refused':
        if (message.key !== this.pending?.key) return
        this.pending = null
        this.options.onRefused(message.problem)
        return
      case 'pong':
        this.options.clock.answer(message.server_now, message.t)
        return
      case 'away':
        this.setAway(true)
        if (this.pending && !this.again) {
          this.again = setTimeout(() => {
            this.again = null
            if (this.pending) this.socket.send(this.pending)
          }, this.options.againMs ?? AGAIN_MS)
        }
    }
  }

  private show(scene: PremiereScene): void {
    this.scene = scene
    this.options.onScene(scene)
  }

  private setAway(away: boolean): void {
    if (away === this.away) return
    this.away = away
    this.options.onAway(away)
  }
}

function withPulse(scene: PremiereScene, pulse: Pulse): PremiereScene {
  const counted = new Map(pulse.choices.map((choice) => [choice.id, choice]))
  return {
    ...scene,
    present: pulse.present,
    choices: scene.choices.map((choice) => ({ ...choice, ...counted.get(choice.id) })),
  }
}
