/**
 * Synchronises one open text with its writing room: Yjs's own protocol in binary frames, the room's
 * messages as JSON.
 *
 * An edit is saved when the server says so, after its commit. Unacknowledged edits need no queue:
 * on every new connection both sides exchange whatever the other lacks.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import { ReliableSocket } from '../../api/socket'
import type { LocalizedText } from '../../api/types'

const SYNC = 0
const AWARENESS = 1
const SYNC_STEP_1 = 0
const SYNC_STEP_2 = 1
const SYNC_UPDATE = 2
const BATCH_MS = 150
const PING_MS = 15_000
/** As `yjs_protocol.py` has it: a larger message is not sent, so that the connection stays. */
const MAX_MESSAGE_BYTES = 256 * 1024
const MESSAGE_TOO_BIG: WritingProblem = {
  code: 'message_too_big',
  title: { zh: '一次写进来的太多', en: 'That is too much at once' },
  detail: {
    zh: '请删去一些，分几次贴。',
    en: 'Please take some of it out again, and paste it in parts.',
  },
}
const CLOSE_GONE = 4404

export interface WritingProblem {
  code: string
  title: LocalizedText
  detail: LocalizedText | null
}

/** How the book stands: what a page says beside it. */
export interface SyncStatus {
  /**
   * `gone`: one may not write here (any more). `broken`: client and room do not understand each
   * other.
   */
  connection: 'connecting' | 'open' | 'down' | 'gone' | 'broken'
  /** Both sides have told each other what they had, at least once since the page was opened. */
  ready: boolean
  /** Everything that was written here is stored. */
  saved: boolean
  problem: WritingProblem | null
}

export interface WritingRoomOptions {
  url: string
  doc: Y.Doc
  awareness: Awareness
  onStatus: (status: SyncStatus) => void
  /** Writers or versions have changed. */
  onRoomChanged: () => void
}

const fits = (update: Uint8Array) => update.length + 16 <= MAX_MESSAGE_BYTES

export class WritingRoomProvider {
  private readonly socket: ReliableSocket
  private status: SyncStatus = {
    connection: 'connecting',
    ready: false,
    saved: true,
    problem: null,
  }
  /** Edits that wait to be sent together. */
  private pendingUpdates: Uint8Array[] = []
  private flushTimer: ReturnType<typeof setTimeout> | null = null
  private awarenessTimer: ReturnType<typeof setTimeout> | null = null
  private readonly pingTimer: ReturnType<typeof setInterval>
  private receivedSincePing = true
  /**
   * Of this connection: whether the server has sent its state vector, and how many edits it got.
   */
  private serverAsked = false
  private sentCount = 0
  /** Something was written that no server has answered for. */
  private hasUnsaved = false
  /**
   * An edit was too big to be sent: until it fits, “saved” from the room does not cover everything.
   */
  private hasOversized = false
  /** The state vector that the room surely has: from its last question, or as all was stored. */
  private serverState: Uint8Array | undefined

  constructor(private readonly options: WritingRoomOptions) {
    this.socket = new ReliableSocket({
      url: () => options.url,
      longestWaitMs: 8000,
      onBytes: (bytes) => this.handleFrame(bytes),
      onMessage: (message) =>
        this.handleMessage(message as { type: string; count?: number; problem?: WritingProblem }),
      onStatus: (status, code) => {
        if (status === 'open') this.handleOpen()
        else if (status === 'closed') this.handleDisconnect(code === CLOSE_GONE ? 'gone' : 'broken')
        else if (status === 'waiting') this.handleDisconnect('down')
      },
    })
    options.doc.on('update', this.onDocUpdate)
    options.awareness.on('update', this.onAwarenessUpdate)
    this.pingTimer = setInterval(() => this.ping(), PING_MS)
  }

  close(): void {
    this.options.doc.off('update', this.onDocUpdate)
    this.options.awareness.off('update', this.onAwarenessUpdate)
    clearInterval(this.pingTimer)
    if (this.flushTimer) clearTimeout(this.flushTimer)
    if (this.awarenessTimer) clearTimeout(this.awarenessTimer)
    this.flush()
    this.socket.close()
  }

  private readonly onDocUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return
    this.hasUnsaved = true
    // Until the server has asked, its question will be answered with everything.
    if (this.serverAsked) {
      this.pendingUpdates.push(update)
      this.flushTimer ??= setTimeout(() => this.flush(), BATCH_MS)
    }
    this.emitStatus()
  }

  private readonly onAwarenessUpdate = (_change: unknown, origin: unknown): void => {
    if (origin === 'local') this.awarenessTimer ??= setTimeout(() => this.sendAwareness(), BATCH_MS)
  }

  private handleOpen(): void {
    this.serverAsked = false
    this.receivedSincePing = true
    this.sentCount = 0
    this.pendingUpdates = []
    this.updateStatus({ connection: 'open' })
    this.sendSync(SYNC_STEP_1, Y.encodeStateVector(this.options.doc))
    // The previous connection announced our leaving under the next clock: ours must exceed it.
    const { awareness } = this.options
    for (let n = 0; n < 2; n += 1) awareness.setLocalState(awareness.getLocalState())
    this.sendAwareness()
  }

  private handleDisconnect(connection: 'down' | 'gone' | 'broken'): void {
    this.serverAsked = false
    const others = [...this.options.awareness.getStates().keys()].filter(
      (id) => id !== this.options.doc.clientID,
    )
    removeAwarenessStates(this.options.awareness, others, this)
    this.updateStatus({ connection })
  }

  private handleFrame(bytes: Uint8Array): void {
    this.receivedSincePing = true
    const reader = decoding.createDecoder(bytes)
    const family = decoding.readVarUint(reader)
    if (family === AWARENESS) {
      applyAwarenessUpdate(this.options.awareness, decoding.readVarUint8Array(reader), this)
      return
    }
    if (family !== SYNC) return
    const step = decoding.readVarUint(reader)
    const body = decoding.readVarUint8Array(reader)
    if (step === SYNC_STEP_1) {
      this.pendingUpdates = []
      this.serverAsked = true
      this.serverState = body
      this.sendEdit(SYNC_STEP_2, this.encodeMissing())
    } else {
      Y.applyUpdate(this.options.doc, body, this)
      if (step === SYNC_STEP_2) this.updateStatus({ ready: true })
    }
    this.emitStatus()
  }

  private handleMessage(message: { type: string; count?: number; problem?: WritingProblem }): void {
    this.receivedSincePing = true
    if (message.type === 'changed') this.options.onRoomChanged()
    // The room says “saved” only if it lacks nothing it refused; it does not know of withheld
    // edits.
    if (message.type === 'saved' && !this.hasOversized) {
      if (message.count === this.sentCount && this.pendingUpdates.length === 0) {
        this.hasUnsaved = false
        this.serverState = Y.encodeStateVector(this.options.doc)
      }
      this.updateStatus({ problem: null })
    }
    if (message.type === 'refused') this.updateStatus({ problem: message.problem ?? null })
  }

  private flush(): void {
    this.flushTimer = null
    if (this.pendingUpdates.length === 0 || !this.serverAsked) return
    const update = Y.mergeUpdates(this.pendingUpdates)
    this.pendingUpdates = []
    // The room asks again only if an edit builds on a missing one; deletions of older text do not.
    if (this.hasOversized || !fits(update)) this.sendEdit(SYNC_STEP_2, this.encodeMissing())
    else this.sendEdit(SYNC_UPDATE, update)
  }

  /**
   * Everything the room may lack. Undo keeps deleted content that a copy of the text would not
   * carry.
   */
  private encodeMissing(): Uint8Array {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.options.doc))
    const missing = Y.encodeStateAsUpdate(copy, this.serverState)
    copy.destroy()
    return missing
  }

  private sendEdit(step: number, update: Uint8Array): void {
    if (!fits(update)) {
      // Everything is tried again with the next edit, and whenever the room asks.
      this.hasOversized = true
      this.updateStatus({ problem: MESSAGE_TOO_BIG })
      return
    }
    if (step === SYNC_STEP_2) this.hasOversized = false
    this.sentCount += 1
    this.sendSync(step, update)
  }

  private sendAwareness(): void {
    this.awarenessTimer = null
    if (!this.options.awareness.getLocalState()) return
    const writer = encoding.createEncoder()
    encoding.writeVarUint(writer, AWARENESS)
    encoding.writeVarUint8Array(
      writer,
      encodeAwarenessUpdate(this.options.awareness, [this.options.doc.clientID]),
    )
    this.socket.sendRaw(encoding.toUint8Array(writer))
  }

  private sendSync(step: number, body: Uint8Array): void {
    const writer = encoding.createEncoder()
    encoding.writeVarUint(writer, SYNC)
    encoding.writeVarUint(writer, step)
    encoding.writeVarUint8Array(writer, body)
    this.socket.sendRaw(encoding.toUint8Array(writer))
  }

  private ping(): void {
    if (this.status.connection !== 'open') return
    if (!this.receivedSincePing) {
      this.socket.drop()
      return
    }
    this.receivedSincePing = false
    this.socket.send({ type: 'ping' })
  }

  private updateStatus(change: Partial<SyncStatus>): void {
    this.status = { ...this.status, ...change }
    this.emitStatus()
  }

  private emitStatus(): void {
    this.status = { ...this.status, saved: !this.hasUnsaved && !this.status.problem }
    this.options.onStatus(this.status)
  }
}
