/**
 * One viewer’s play-through of a series, over a WebSocket.
 *
 * What the viewer does is kept, under its key, until the server's state shows it or refuses it; a
 * dropped line sends it again with the same key, which the server knows to be the same action.
 */
import { ReliableSocket, type SocketStatus } from '../api/socket'
import type { LocalizedText, PlaythroughState } from '../api/types'
import { newId } from '../api/uuid'

export interface RefusedProblem {
  code: string
  title?: LocalizedText
}

type Action =
  | { type: 'choose'; key: string; choice_id: string }
  | { type: 'finished'; key: string; episode_id: string }

type ServerMessage =
  | { type: 'state'; state: PlaythroughState }
  | { type: 'refused'; key: string; problem: RefusedProblem }

export interface PlaythroughOptions {
  url: string
  /**
   * Of the state that the page already shows: what the viewer does before the first message belongs
   * to it.
   */
  seq: number
  onState: (state: PlaythroughState) => void
  onRefused: (problem: RefusedProblem) => void
  onStatus: (status: SocketStatus) => void
  firstWaitMs?: number
}

export class PlaythroughSocket {
  private readonly socket: ReliableSocket
  private pending: { action: Action; seq: number } | null = null
  private seq: number
  /**
   * The present line has told its first state. Before that nothing is sent: the state says whether
   * it still counts.
   */
  private greeted = false

  constructor(private readonly options: PlaythroughOptions) {
    this.seq = options.seq
    this.socket = new ReliableSocket({
      url: () => options.url,
      onStatus: (status) => {
        if (status !== 'open') this.greeted = false
        options.onStatus(status)
      },
      firstWaitMs: options.firstWaitMs,
      onMessage: (message) => this.receive(message as ServerMessage),
    })
  }

  choose(choiceId: string): void {
    this.act({ type: 'choose', key: newId(), choice_id: choiceId })
  }

  finished(episodeId: string): void {
    this.act({ type: 'finished', key: newId(), episode_id: episodeId })
  }

  /** True while the server has not yet answered what the viewer did. */
  get waiting(): boolean {
    return this.pending !== null
  }

  close(): void {
    this.socket.close()
  }

  /** One action at a time: a second tap while the first is under way does nothing. */
  private act(action: Action): void {
    if (this.pending) return
    this.pending = { action, seq: this.seq }
    if (this.greeted) this.socket.send(action)
  }

  private receive(message: ServerMessage): void {
    if (message.type === 'refused') {
      if (this.pending?.action.key !== message.key) return
      this.pending = null
      this.options.onRefused(message.problem)
      return
    }
    if (message.type !== 'state' || message.state.seq < this.seq) return
    const { state } = message
    this.seq = state.seq
    const { pending } = this
    if (pending && (state.seq > pending.seq || isMoot(pending.action, state))) this.pending = null
    // Only the first state of a line brings it out: a later one may be an answer, or have crossed
    // it on the way.
    if (this.pending && !this.greeted) this.socket.send(this.pending.action)
    this.greeted = true
    this.options.onState(state)
  }
}

/**
 * The end of an episode where a fork has opened meanwhile changes nothing: the server waits for a
 * choice.
 */
function isMoot(action: Action, state: PlaythroughState): boolean {
  return (
    action.type === 'finished' &&
    (state.choices.length > 0 || state.episode.id !== action.episode_id)
  )
}
