/** One open book: its shared text, who is here, and the line to the room, while the page is there. */
import { useEffect, useRef, useState } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { socketUrl } from '../../api/socket'
import { type Standing, WritingLine } from './line'

export interface Face {
  id: string
  name: string
  color: string
}

export interface OpenBook {
  doc: Y.Doc
  text: Y.Text
  awareness: Awareness
}

const OPENING: Standing = { line: 'connecting', ready: false, saved: true, refused: null }

export function useBook(
  roomId: string,
  /** One's own id: another window of one's own is nobody else. */
  self: string | undefined,
  onChanged: () => void,
): { book: OpenBook | null; standing: Standing; others: Face[]; length: number } {
  const [book, setBook] = useState<OpenBook | null>(null)
  const [standing, setStanding] = useState(OPENING)
  const [others, setOthers] = useState<Face[]>([])
  const [length, setLength] = useState(0)
  // Read when they are needed: whoever is signed out meanwhile keeps the open book, and what they wrote in it.
  const latest = useRef({ self, onChanged })
  useEffect(() => {
    latest.current = { self: self ?? latest.current.self, onChanged }
  })
  useEffect(() => {
    const doc = new Y.Doc()
    const text = doc.getText('book')
    const awareness = new Awareness(doc)
    awareness.on('change', () => {
      const faces = new Map<string, Face>()
      for (const [client, { user }] of awareness.getStates()) {
        if (client !== doc.clientID && user && user.id !== latest.current.self)
          faces.set(user.id, user as Face)
      }
      setOthers([...faces.values()])
    })
    text.observe(() => setLength([...text.toString()].length))
    const line = new WritingLine({
      url: socketUrl(`/ws/writing/${roomId}/`),
      doc,
      awareness,
      onStanding: (next) => {
        setStanding((before) => (same(before, next) ? before : next))
      },
      onChanged: () => latest.current.onChanged(),
    })
    setBook({ doc, text, awareness })
    return () => {
      line.close()
      awareness.destroy()
      doc.destroy()
      setBook(null)
      setStanding(OPENING)
      setOthers([])
    }
  }, [roomId])
  // Whoever closes the page with unsaved words is asked first.
  const { saved } = standing
  useEffect(() => {
    if (saved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [saved])
  return { book, standing, others, length }
}

function same(a: Standing, b: Standing): boolean {
  return a.line === b.line && a.ready === b.ready && a.saved === b.saved && a.refused === b.refused
}
