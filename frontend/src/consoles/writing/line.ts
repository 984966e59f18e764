/**
 * The line between one open book and the writing room: Yjs's own protocol in binary frames, the room's words as JSON.
 *
 * An edit is saved when the server says so, after its commit. Whatever has had no answer is said again on the next line,
 * because both sides then tell each other all that the other misses. So nothing is kept in order to be repeated.
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
import type { Words } from '../../api/types'

const SYNC = 0
const AWARENESS = 1
const ASK = 0
const ANSWER = 1
const UPDATE = 2
const GATHER_MS = 150
const PING_MS = 15_000
/** As `protocol.py` has it: a larger message is not sent at all, so that the line stays. */
const MESSAGE_MOST = 256 * 1024
const TOO_BIG: Refused = {
  code: 'message_too_big',
  title: { zh: '一次写进来的太多', en: 'That is too much at once' },
  detail: {
    zh: '请删去一些，分几次贴。',
    en: 'Please take some of it out again, and paste it in parts.',
  },
}
const GONE = 4404

export interface Refused {
  code: string
  title: Words
  detail: Words | null
}

/** How the book stands: what a page says beside it. */
export interface Standing {
  /** `gone`: one may not write here (any more). `broken`: this page and the room do not understand each other. */
  line: 'connecting' | 'open' | 'down' | 'gone' | 'broken'
  /** Both sides have told each other what they had, at least once since the page was opened. */
  ready: boolean
  /** Everything that was written here is stored. */
  saved: boolean
  refused: Refused | null
}

export interface LineOptions {
  url: string
  doc: Y.Doc
  awareness: Awareness
  onStanding: (standing: Standing) => void
  /** Writers or versions have changed. */
  onChanged: () => void
}

const fits = (update: Uint8Array) => update.length + 16 <= MESSAGE_MOST

export class WritingLine {
  private readonly socket: ReliableSocket
  private standing: Standing = { line: 'connecting', ready: false, saved: true, refused: null }
  /** Edits that wait to be sent together. */
  private gathered: Uint8Array[] = []
  private gathering: ReturnType<typeof setTimeout> | null = null
  private moving: ReturnType<typeof setTimeout> | null = null
  private readonly pinging: ReturnType<typeof setInterval>
  private heardSincePing = true
  /** Of this connection: whether the server has asked what we have, and how many edits it was sent. */
  private asked = false
  private sent = 0
  /** Something was written that no server has answered for. */
  private unsaved = false
  /** Something was too big to be sent: until everything fits, what the room says is stored is not all there is. */
  private withheld = false
  /** What the room surely has, as a state vector: by its last question, or because it has stored all we had. */
  private held: Uint8Array | undefined

  constructor(private readonly options: LineOptions) {
    this.socket = new ReliableSocket({
      url: () => options.url,
      longestWaitMs: 8000,
      onBytes: (bytes) => this.hear(bytes),
      onMessage: (message) =>
        this.hearWord(message as { type: string; count?: number; problem?: Refused }),
      onStatus: (status, code) => {
        if (status === 'open') this.begin()
        else if (status === 'closed') this.end(code === GONE ? 'gone' : 'broken')
        else if (status === 'waiting') this.end('down')
      },
    })
    options.doc.on('update', this.onEdit)
    options.awareness.on('update', this.onMove)
    this.pinging = setInterval(() => this.ping(), PING_MS)
  }

  close(): void {
    this.options.doc.off('update', this.onEdit)
    this.options.awareness.off('update', this.onMove)
    clearInterval(this.pinging)
    if (this.gathering) clearTimeout(this.gathering)
    if (this.moving) clearTimeout(this.moving)
    this.flush()
    this.socket.close()
  }

  private readonly onEdit = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return
    this.unsaved = true
    // Until the server has asked, its question will be answered with everything.
    if (this.asked) {
      this.gathered.push(update)
      this.gathering ??= setTimeout(() => this.flush(), GATHER_MS)
    }
    this.tell()
  }

  private readonly onMove = (_change: unknown, origin: unknown): void => {
    if (origin === 'local') this.moving ??= setTimeout(() => this.sendPlace(), GATHER_MS)
  }

  private begin(): void {
    this.asked = false
    this.heardSincePing = true
    this.sent = 0
    this.gathered = []
    this.set({ line: 'open' })
    this.sendSync(ASK, Y.encodeStateVector(this.options.doc))
    // The line before this one told the others that we left, under the next clock: ours must be newer than that.
    const { awareness } = this.options
    for (let n = 0; n < 2; n += 1) awareness.setLocalState(awareness.getLocalState())
    this.sendPlace()
  }

  private end(line: 'down' | 'gone' | 'broken'): void {
    this.asked = false
    const others = [...this.options.awareness.getStates().keys()].filter(
      (id) => id !== this.options.doc.clientID,
    )
    removeAwarenessStates(this.options.awareness, others, this)
    this.set({ line })
  }

  private hear(bytes: Uint8Array): void {
    this.heardSincePing = true
    const reader = decoding.createDecoder(bytes)
    const family = decoding.readVarUint(reader)
    if (family === AWARENESS) {
      applyAwarenessUpdate(this.options.awareness, decoding.readVarUint8Array(reader), this)
      return
    }
    if (family !== SYNC) return
    const step = decoding.readVarUint(reader)
    const body = decoding.readVarUint8Array(reader)
    if (step === ASK) {
      this.gathered = []
      this.asked = true
      this.held = body
      this.sendEdit(ANSWER, this.missing())
    } else {
      Y.applyUpdate(this.options.doc, body, this)
      if (step === ANSWER) this.set({ ready: true })
    }
    this.tell()
  }

  private hearWord(word: { type: string; count?: number; problem?: Refused }): void {
    this.heardSincePing = true
    if (word.type === 'changed') this.options.onChanged()
    // The room says so only when nothing that it refused before is missing. Of what was withheld it does not know.
    if (word.type === 'saved' && !this.withheld) {
      if (word.count === this.sent && this.gathered.length === 0) {
        this.unsaved = false
        this.held = Y.encodeStateVector(this.options.doc)
      }
      this.set({ refused: null })
    }
    if (word.type === 'refused') this.set({ refused: word.problem ?? null })
  }

  private flush(): void {
    this.gathering = null
    if (this.gathered.length === 0 || !this.asked) return
    const update = Y.mergeUpdates(this.gathered)
    this.gathered = []
    // The room asks again only if an edit builds on what it has not got, and taking out older text does not.
    if (this.withheld || !fits(update)) this.sendEdit(ANSWER, this.missing())
    else this.sendEdit(UPDATE, update)
  }

  /** All that the room may lack. Undo keeps the words that were deleted here; a copy of the text does not carry them. */
  private missing(): Uint8Array {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.options.doc))
    const missing = Y.encodeStateAsUpdate(copy, this.held)
    copy.destroy()
    return missing
  }

  private sendEdit(step: number, update: Uint8Array): void {
    if (!fits(update)) {
      // Everything is tried again with the next edit, and whenever the room asks.
      this.withheld = true
      this.set({ refused: TOO_BIG })
      return
    }
    if (step === ANSWER) this.withheld = false
    this.sent += 1
    this.sendSync(step, update)
  }

  private sendPlace(): void {
    this.moving = null
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
    if (this.standing.line !== 'open') return
    if (!this.heardSincePing) {
      this.socket.drop()
      return
    }
    this.heardSincePing = false
    this.socket.send({ type: 'ping' })
  }

  private set(change: Partial<Standing>): void {
    this.standing = { ...this.standing, ...change }
    this.tell()
  }

  private tell(): void {
    this.standing = { ...this.standing, saved: !this.unsaved && !this.standing.refused }
    this.options.onStanding(this.standing)
  }
}
