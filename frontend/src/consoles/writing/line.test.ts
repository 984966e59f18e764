import type { AddressInfo } from 'node:net'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Standing, WritingLine } from './line'

/** A room as the platform keeps it, as small as it may be: it asks on connect, stores, and then says “saved”. */
let server: WebSocketServer
let port: number
let held: Y.Doc
let lines: ServerSocket[]
let silent: boolean
let most: number
let edits: number
let pages: { line: WritingLine; awareness: Awareness }[]

function frame(step: number, body: Uint8Array): Uint8Array {
  const writer = encoding.createEncoder()
  encoding.writeVarUint(writer, 0)
  encoding.writeVarUint(writer, step)
  encoding.writeVarUint8Array(writer, body)
  return encoding.toUint8Array(writer)
}

async function listen(at = 0): Promise<void> {
  server = new WebSocketServer({ port: at, host: '127.0.0.1' })
  server.on('connection', (line) => {
    lines.push(line)
    let received = 0
    let behind = false
    const ask = () => line.send(frame(0, Y.encodeStateVector(held)))
    ask()
    line.on('message', (data, binary) => {
      if (!binary) {
        if (!silent) line.send('{"type":"pong"}')
        return
      }
      const reader = decoding.createDecoder(new Uint8Array(data as Buffer))
      if (decoding.readVarUint(reader) !== 0) return
      const step = decoding.readVarUint(reader)
      const body = decoding.readVarUint8Array(reader)
      if (step === 0) {
        line.send(frame(1, Y.encodeStateAsUpdate(held, body)))
        return
      }
      received += 1
      edits += 1
      if (silent) return
      const trial = new Y.Doc()
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(held))
      Y.applyUpdate(trial, body)
      if (trial.store.pendingStructs) {
        behind = true
        ask()
      } else if (trial.getText('book').length > most) {
        behind = true
        const problem = {
          code: 'book_too_long',
          title: { zh: '太长', en: 'Too long' },
          detail: null,
        }
        line.send(JSON.stringify({ type: 'refused', count: received, problem }))
      } else {
        Y.applyUpdate(held, body)
        for (const other of lines) if (other !== line) other.send(frame(2, body))
        if (behind && step !== 1) ask()
        else {
          behind = false
          line.send(JSON.stringify({ type: 'saved', count: received }))
        }
      }
    })
  })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  port = (server.address() as AddressInfo).port
}

async function stop(): Promise<void> {
  for (const line of server.clients) line.terminate()
  await new Promise((resolve) => server.close(resolve))
}

function open(): { text: Y.Text; standings: Standing[]; now: () => Standing } {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const standings: Standing[] = []
  const line = new WritingLine({
    url: `ws://127.0.0.1:${port}/ws/writing/room/`,
    doc,
    awareness,
    onStanding: (standing) => standings.push(standing),
    onChanged: () => {},
  })
  pages.push({ line, awareness })
  return { text: doc.getText('book'), standings, now: () => standings.at(-1) as Standing }
}

const settled = (page: { now: () => Standing }) =>
  vi.waitFor(
    () => expect(page.now()).toMatchObject({ line: 'open', ready: true, saved: true }),
    5000,
  )

beforeEach(async () => {
  held = new Y.Doc()
  lines = []
  pages = []
  silent = false
  most = 1000
  edits = 0
  await listen()
})
afterEach(async () => {
  for (const { line, awareness } of pages) {
    line.close()
    awareness.destroy()
  }
  await stop()
})

test('two pages that write at once end with the same text', async () => {
  const [one, other] = [open(), open()]
  await Promise.all([settled(one), settled(other)])
  one.text.insert(0, '从前')
  other.text.insert(0, '有座山')
  await vi.waitFor(() => expect(one.text.length).toBe(5), 5000)
  await vi.waitFor(() => expect(other.text.toString()).toBe(one.text.toString()), 5000)
  await Promise.all([settled(one), settled(other)])
})

test('an edit counts as saved only when the room has said so', async () => {
  const page = open()
  await settled(page)
  silent = true
  page.text.insert(0, '山')
  await vi.waitFor(() => expect(edits).toBe(2), 5000)
  expect(page.now().saved).toBe(false)
})

test('letters typed in a row go out together', async () => {
  const page = open()
  await settled(page)
  for (const letter of '从前有座山') page.text.insert(page.text.length, letter)
  await vi.waitFor(() => expect(held.getText('book').toString()).toBe('从前有座山'), 5000)
  expect(edits).toBe(2)
})

test('what is written while the line is down is merged when it is back, both ways', async () => {
  const page = open()
  await settled(page)
  page.text.insert(0, '从前')
  await settled(page)
  await stop()
  await vi.waitFor(() => expect(page.now().line).toBe('down'), 5000)
  page.text.insert(2, '有座山')
  held.getText('book').insert(0, '话说')
  expect(page.now().saved).toBe(false)
  await listen(port)
  await settled(page)
  expect(page.text.toString()).toBe('话说从前有座山')
  expect(held.getText('book').toString()).toBe('话说从前有座山')
})

test('a refused edit is told, and everything is saved as soon as the text fits', async () => {
  const page = open()
  await settled(page)
  most = 6
  page.text.insert(0, '从前有座山上有庙')
  await vi.waitFor(() => expect(page.now().refused?.code).toBe('book_too_long'), 5000)
  expect(page.now().saved).toBe(false)
  page.text.delete(5, 3)
  await settled(page)
  expect(held.getText('book').toString()).toBe('从前有座山')
  expect(page.now().refused).toBeNull()
})

test('more than one message may hold is not sent, is told, and is saved once there is less of it', async () => {
  const page = open()
  await settled(page)
  most = 10_000
  page.text.insert(0, '从前')
  await settled(page)
  page.text.insert(2, '山'.repeat(90_000))
  await vi.waitFor(() => expect(page.now().refused?.code).toBe('message_too_big'), 5000)
  expect(page.now()).toMatchObject({ line: 'open', saved: false })
  page.text.delete(2, 90_000)
  page.text.insert(2, '有座山')
  await settled(page)
  expect(held.getText('book').toString()).toBe('从前有座山')
})

test('what was withheld is not saved because older text could be deleted', async () => {
  const page = open()
  await settled(page)
  most = 200_000
  page.text.insert(0, '从前有座山')
  await settled(page)
  page.text.insert(5, '山'.repeat(90_000))
  await vi.waitFor(() => expect(page.now().refused?.code).toBe('message_too_big'), 5000)
  page.text.delete(0, 2)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(page.now()).toMatchObject({ line: 'open', saved: false })
  expect(page.now().refused?.code).toBe('message_too_big')
  // Nor by a word about an edit that was on its way before.
  for (const line of lines) line.send(JSON.stringify({ type: 'saved', count: edits }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(page.now().saved).toBe(false)
  expect(page.now().refused?.code).toBe('message_too_big')
})

test('what was withheld goes out as soon as it fits, though only deletions followed and undo keeps the words', async () => {
  const page = open()
  const undo = new Y.UndoManager(page.text)
  await settled(page)
  most = 200_000
  page.text.insert(0, '从前有座山')
  await settled(page)
  page.text.insert(5, '上'.repeat(90_000))
  await vi.waitFor(() => expect(page.now().refused?.code).toBe('message_too_big'), 5000)
  page.text.delete(0, 2)
  page.text.delete(13, page.text.length - 13)
  await settled(page)
  expect(held.getText('book').toString()).toBe('有座山上上上上上上上上上上')
  expect(page.now().refused).toBeNull()
  // And from then on in small edits again.
  page.text.insert(13, '有庙')
  await settled(page)
  expect(held.getText('book').toString()).toBe(page.text.toString())
  undo.destroy()
})

test('whoever is shown out is told so, and does not come back', async () => {
  const page = open()
  await settled(page)
  lines[0]?.close(4404)
  await vi.waitFor(() => expect(page.now().line).toBe('gone'), 5000)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(lines).toHaveLength(1)
})
