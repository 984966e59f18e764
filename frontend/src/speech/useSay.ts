/** Saying something: what could not be sent stays in the field, and goes out under the same id when it is tried again. */
import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { untyped as api } from '../api/untyped'
import { newId } from '../api/uuid'

/** What was written and not sent yet, by place, for as long as the page lives. */
const drafts = new Map<string, string>()
/** What was sent and has had no good answer yet, by place: it may have arrived, so it keeps its id. */
const unanswered = new Map<string, Sent>()
const listeners = new Set<() => void>()

interface Sent {
  deed: string
  body: Record<string, unknown>
}

export interface Saying {
  text: string
  setText: (text: string) => void
  send: (more?: Record<string, unknown>) => void
  sending: boolean
  error: Error | null
}

function write(place: string, text: string): void {
  if (text) drafts.set(place, text)
  else drafts.delete(place)
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same words at the same place are one remark, however often they have to be sent; it stands where it was said first. */
function remark(place: string, body: Record<string, unknown>): Sent {
  const deed = `${String(body.text)} ${String(body.reply_to ?? '')}`
  const before = unanswered.get(place)
  if (before?.deed === deed) return before
  const sent = { deed, body: { ...body, id: newId() } }
  unanswered.set(place, sent)
  return sent
}

/** The draft of a place (`path` and `name`), and sending it there. The answer goes to `onSaid`. */
export function useSay<T>(path: string, name: string, onSaid: (answer: T) => void): Saying {
  const place = `${path} ${name}`
  const text = useSyncExternalStore(listen, () => drafts.get(place) ?? '')
  const { mutate, isPending, error, reset } = useMutation<
    T,
    Error,
    { from: string; path: string; sent: Sent }
  >({
    mutationFn: ({ path, sent }) => api.post<T>(path, sent.body),
    // By now the field may be another place's, or hold other words: those stay.
    onSuccess: (answer, { from, sent }) => {
      if (unanswered.get(from) === sent) unanswered.delete(from)
      if (drafts.get(from) === sent.body.text) write(from, '')
      onSaid(answer)
    },
  })
  return {
    text,
    setText: (next) => {
      if (error) reset()
      // Who empties the field gives the remark up; the same words later are another one.
      if (!next) unanswered.delete(place)
      write(place, next)
    },
    send: (more = {}) => mutate({ from: place, path, sent: remark(place, { ...more, text }) }),
    sending: isPending,
    error,
  }
}
