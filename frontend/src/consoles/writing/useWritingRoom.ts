/** An open writing room: shared text, collaborators and connection, for the component's life. */
import { useEffect, useRef, useState } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { socketUrl } from '../../api/socket'
import { type SyncStatus, WritingRoomProvider } from './WritingRoomProvider'

export interface Collaborator {
  id: string
  name: string
  color: string
}

export interface OpenBook {
  doc: Y.Doc
  text: Y.Text
  awareness: Awareness
}

const INITIAL_STATUS: SyncStatus = {
  connection: 'connecting',
  ready: false,
  saved: true,
  problem: null,
}

export function useWritingRoom(
  roomId: string,
  /** The writer's own id: another window of theirs is not a collaborator. */
  ownId: string | undefined,
  onChanged: () => void,
): { book: OpenBook | null; status: SyncStatus; collaborators: Collaborator[]; length: number } {
  const [book, setBook] = useState<OpenBook | null>(null)
  const [status, setStatus] = useState(INITIAL_STATUS)
  const [collaborators, setCollaborators] = useState<Collaborator[]>([])
  const [length, setLength] = useState(0)
  // Read when needed: a user who is signed out meanwhile keeps the open text and what they wrote.
  const latestProps = useRef({ self: ownId, onChanged })
  useEffect(() => {
    latestProps.current = { self: ownId ?? latestProps.current.self, onChanged }
  })
  useEffect(() => {
    const doc = new Y.Doc()
    const text = doc.getText('book')
    const awareness = new Awareness(doc)
    awareness.on('change', () => {
      const collaborators = new Map<string, Collaborator>()
      for (const [clientId, { user }] of awareness.getStates()) {
        if (clientId !== doc.clientID && user && user.id !== latestProps.current.self)
          collaborators.set(user.id, user as Collaborator)
      }
      setCollaborators([...collaborators.values()])
    })
    text.observe(() => setLength([...text.toString()].length))
    const provider = new WritingRoomProvider({
      url: socketUrl(`/ws/writing/${roomId}/`),
      doc,
      awareness,
      onStatus: (next) => {
        setStatus((previous) => (isSameStatus(previous, next) ? previous : next))
      },
      onRoomChanged: () => latestProps.current.onChanged(),
    })
    setBook({ doc, text, awareness })
    return () => {
      provider.close()
      awareness.destroy()
      doc.destroy()
      setBook(null)
      setStatus(INITIAL_STATUS)
      setCollaborators([])
    }
  }, [roomId])
  // Whoever closes the page with unsaved words is asked first.
  const { saved } = status
  useEffect(() => {
    if (saved) return
    const confirmUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', confirmUnload)
    return () => removeEventListener('beforeunload', confirmUnload)
  }, [saved])
  return { book, status, collaborators, length }
}

function isSameStatus(a: SyncStatus, b: SyncStatus): boolean {
  return (
    a.connection === b.connection &&
    a.ready === b.ready &&
    a.saved === b.saved &&
    a.problem === b.problem
  )
}
