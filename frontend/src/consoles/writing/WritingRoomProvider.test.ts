import type { AddressInfo } from 'node:net'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type SyncStatus, WritingRoomProvider } from './WritingRoomProvider'

/** A minimal server room: on connect it asks for state, stores updates and answers “saved”. */
let server: WebSocketServer
let port: number
let serverDoc: Y.Doc
let connections: ServerSocket[]
let isSilent: boolean
let maxLength: number
let editCount: number
let pages: { provider: WritingRoomProvider; awareness: Awareness }[]

function frame(step: number, body: Uint8Array): Uint8Array {
  const writer = encoding.createEncoder()
  encoding.writeVarUint(writer, 0)
  encoding.writeVarUint(writer, step)
  encoding.writeVarUint8Array(writer, body)
  return encoding.toUint8Array(writer)
}

async function listen(at = 0): Promise<void> {
  server = new WebSocketServer({ port: at, host: '127.0.0.1' })
  server.on('connection', (connection) => {
    connections.push(connection)
    let received = 0
    let behind = false
    const ask = () => connection.send(frame(0, Y.encodeStateVector(serverDoc)))
    ask()
    connection.on('message', (data, binary) => {
      if (!binary) {
        if (!isSilent) connection.send('{"type":"pong"}')
        return
      }
      const reader = decoding.createDecoder(new Uint8Array(data as Buffer))
      if (decoding.readVarUint(reader) !== 0) return
      const step = decoding.readVarUint(reader)
      const body = decoding.readVarUint8Array(reader)
      if (step === 0) {
        connection.send(frame(1, Y.encodeStateAsUpdate(serverDoc, body)))
        return
      }
      received += 1
      editCount += 1
      if (isSilent) return
      const trial = new Y.Doc()
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(serverDoc))
      Y.applyUpdate(trial, body)
      if (trial.store.pendingStructs) {
        behind = true
        ask()
      } else if (trial.getText('book').length > maxLength) {
        behind = true
        const problem = {
          code: 'book_too_long',
          title: { zh: '太长', en: 'Too long' },
          detail: null,
        }
        connection.send(JSON.stringify({ type: 'refused', count: received, problem }))
      } else {
        Y.applyUpdate(serverDoc, body)
        for (const other of connections) if (other !== connection) other.send(frame(2, body))
        if (behind && step !== 1) ask()
        else {
          behind = false
          connection.send(JSON.stringify({ type: 'saved', count: received }))
        }
      }
    })
  })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  port = (server.address() as AddressInfo).port
}

async function stop(): Promise<void> {
  for (const connection of server.clients) connection.terminate()
  await new Promise((resolve) => server.close(resolve))
}

function open(): { text: Y.Text; statuses: SyncStatus[]; now: () => SyncStatus } {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const statuses: SyncStatus[] = []
  const provider = new WritingRoomProvider({
    url: `ws://127.0.0.1:${port}/ws/writing/room/`,
    doc,
    awareness,
    onStatus: (status) => statuses.push(status),
    onRoomChanged: () => {},
  })
  pages.push({ provider, awareness })
  return { text: doc.getText('book'), statuses, now: () => statuses.at(-1) as SyncStatus }
}

const settled = (page: { now: () => SyncStatus }) =>
  vi.waitFor(
    () => expect(page.now()).toMatchObject({ connection: 'open', ready: true, saved: true }),
    5000,
  )

beforeEach(async () => {
  serverDoc = new Y.Doc()
  connections = []
  pages = []
  isSilent = false
  maxLength = 1000
  editCount = 0
  await listen()
})
afterEach(async () => {
  for (const { provider, awareness } of pages) {
    provider.close()
    awareness.destroy()
  }
  await stop()
})

test('two pages that write at once end with the same text', async () => {
  const [left, right] = [open(), open()]
  await Promise.all([settled(left), settled(right)])
  left.text.insert(0, '从前')
  right.text.insert(0, '有座山')
  await vi.waitFor(() => expect(left.text.length).toBe(5), 5000)
  await vi.waitFor(() => expect(right.text.toString()).toBe(left.text.toString()), 5000)
  await Promise.all([settled(left), settled(right)])
})

test('an edit counts as saved only when the room has said so', async () => {
  const page = open()
  await settled(page)
  isSilent = true
  page.text.insert(0, '山')
  await vi.waitFor(() => expect(editCount).toBe(2), 5000)
  expect(page.now().saved).toBe(false)
})

test('letters typed in a row go out together', async () => {
  const page = open()
  await settled(page)
  for (const letter of '从前有座山') page.text.insert(page.text.length, letter)
  await vi.waitFor(() => expect(serverDoc.getText('book').toString()).toBe('从前有座山'), 5000)
  expect(editCount).toBe(2)
})

test('what is written while the line is down is merged when it is back, both ways', async () => {
  const page = open()
  await settled(page)
  page.text.insert(0, '从前')
  await settled(page)
  await stop()
  await vi.waitFor(() => expect(page.now().connection).toBe('down'), 5000)
  page.text.insert(2, '有座山')
  serverDoc.getText('book').insert(0, '话说')
  expect(page.now().saved).toBe(false)
  await listen(port)
  await settled(page)
  expect(page.text.toString()).toBe('话说从前有座山')
  expect(serverDoc.getText('book').toString()).toBe('话说从前有座山')
})

test('a refused edit is told, and everything is saved as soon as the text fits', async () => {
  const page = open()
  await settled(page)
  maxLength = 6
  page.text.insert(0, '从前有座山上有庙')
  await vi.waitFor(() => expect(page.now().problem?.code).toBe('book_too_long'), 5000)
  expect(page.now().saved).toBe(false)
  page.text.delete(5, 3)
  await settled(page)
  expect(serverDoc.getText('book').toString()).toBe('从前有座山')
  expect(page.now().problem).toBeNull()
})

test('an oversized edit is not sent, is reported, and is saved once it is smaller', async () => {
  const page = open()
  await settled(page)
  maxLength = 10_000
  page.text.insert(0, '从前')
  await settled(page)
  page.text.insert(2, '山'.repeat(90_000))
  await vi.waitFor(() => expect(page.now().problem?.code).toBe('message_too_big'), 5000)
  expect(page.now()).toMatchObject({ connection: 'open', saved: false })
  page.text.delete(2, 90_000)
  page.text.insert(2, '有座山')
  await settled(page)
  expect(serverDoc.getText('book').toString()).toBe('从前有座山')
})

test('what was withheld is not saved because older text could be deleted', async () => {
  const page = open()
  await settled(page)
  maxLength = 200_000
  page.text.insert(0, '从前有座山')
  await settled(page)
  page.text.insert(5, '山'.repeat(90_000))
  await vi.waitFor(() => expect(page.now().problem?.code).toBe('message_too_big'), 5000)
  page.text.delete(0, 2)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(page.now()).toMatchObject({ connection: 'open', saved: false })
  expect(page.now().problem?.code).toBe('message_too_big')
  // Nor by a word about an edit that was on its way before.
  for (const connection of connections)
    connection.send(JSON.stringify({ type: 'saved', count: editCount }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(page.now().saved).toBe(false)
  expect(page.now().problem?.code).toBe('message_too_big')
})

test('a withheld edit goes out as soon as it fits, even if only deletions followed', async () => {
  const page = open()
  const undo = new Y.UndoManager(page.text)
  await settled(page)
  maxLength = 200_000
  page.text.insert(0, '从前有座山')
  await settled(page)
  page.text.insert(5, '上'.repeat(90_000))
  await vi.waitFor(() => expect(page.now().problem?.code).toBe('message_too_big'), 5000)
  page.text.delete(0, 2)
  page.text.delete(13, page.text.length - 13)
  await settled(page)
  expect(serverDoc.getText('book').toString()).toBe('有座山上上上上上上上上上上')
  expect(page.now().problem).toBeNull()
  // And from then on in small edits again.
  page.text.insert(13, '有庙')
  await settled(page)
  expect(serverDoc.getText('book').toString()).toBe(page.text.toString())
  undo.destroy()
})

test('whoever is shown out is told so, and does not come back', async () => {
  const page = open()
  await settled(page)
  connections[0]?.close(4404)
  await vi.waitFor(() => expect(page.now().connection).toBe('gone'), 5000)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(connections).toHaveLength(1)
})
