/** Saying something: what could not be sent stays in the field, and goes out under the same id when it is tried again. */
import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { untyped as api } from '../api/untyped'
import { newId } from '../api/uuid'

/** What was written and not sent yet, by place, for as long as the page lives. */
const drafts = new Map<string, string>()
/** What was sent and has had no good answer yet, by place: it may have arrived, so it keeps its id. */
const unanswered = new Map<string, Submission>()
const listeners = new Set<() => void>()

interface Submission {
  fingerprint: string
  body: Record<string, unknown>
}

export interface TextDraft {
  text: string
  setText: (text: string) => void
  send: (more?: Record<string, unknown>) => void
  sending: boolean
  error: Error | null
}

function setDraft(key: string, text: string): void {
  if (text) drafts.set(key, text)
  else drafts.delete(key)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same words at the same place are one remark, however often they have to be sent; it stands where it was said first. */
function submissionFor(key: string, body: Record<string, unknown>): Submission {
  const fingerprint = `${String(body.text)} ${String(body.reply_to ?? '')}`
  const previous = unanswered.get(key)
  if (previous?.fingerprint === fingerprint) return previous
  const sent = { fingerprint, body: { ...body, id: newId() } }
  unanswered.set(key, sent)
  return sent
}

/** The draft of a place (`path` and `name`), and sending it there. The answer goes to `onSaid`. */
export function useTextDraft<T>(
  path: string,
  name: string,
  onSent: (answer: T) => void,
): TextDraft {
  const key = `${path} ${name}`
  const text = useSyncExternalStore(subscribe, () => drafts.get(key) ?? '')
  const { mutate, isPending, error, reset } = useMutation<
    T,
    Error,
    { fromKey: string; path: string; sent: Submission }
  >({
    mutationFn: ({ path, sent }) => api.post<T>(path, sent.body),
    // By now the field may be another place's, or hold other words: those stay.
    onSuccess: (answer, { fromKey, sent }) => {
      if (unanswered.get(fromKey) === sent) unanswered.delete(fromKey)
      if (drafts.get(fromKey) === sent.body.text) setDraft(fromKey, '')
      onSent(answer)
    },
  })
  return {
    text,
    setText: (next) => {
      if (error) reset()
      // Who empties the field gives the remark up; the same words later are another one.
      if (!next) unanswered.delete(key)
      setDraft(key, next)
    },
    send: (more = {}) =>
      mutate({ fromKey: key, path, sent: submissionFor(key, { ...more, text }) }),
    sending: isPending,
    error,
  }
}
