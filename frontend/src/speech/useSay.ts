/** Saying something: what could not be sent stays in the field, and goes out under the same id when it is tried again. */
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/uuid'

/** What was written and not sent yet, by place, for as long as the page lives. */
const drafts = new Map<string, string>()

export interface Saying {
  text: string
  setText: (text: string) => void
  send: (more?: Record<string, unknown>) => void
  sending: boolean
  error: Error | null
}

/** The draft of a place (`path` and `name`), and sending it there. The answer goes to `onSaid`. */
export function useSay<T>(path: string, name: string, onSaid: (answer: T) => void): Saying {
  const place = `${path} ${name}`
  const [written, write] = useState({ place, text: drafts.get(place) ?? '' })
  const text = written.place === place ? written.text : (drafts.get(place) ?? '')
  const kept = useRef<{ deed: string; body: Record<string, unknown> } | null>(null)
  const setText = (next: string) => {
    if (next) drafts.set(place, next)
    else drafts.delete(place)
    write({ place, text: next })
  }
  const { mutate, isPending, error, reset } = useMutation<T, Error, Record<string, unknown>>({
    mutationFn: (body) => {
      // The same words at the same place are one remark, however often they have to be sent; it stands where it was said first.
      const deed = `${place} ${String(body.text)} ${String(body.reply_to ?? '')}`
      if (kept.current?.deed !== deed) kept.current = { deed, body: { ...body, id: newId() } }
      return api.post<T>(path, kept.current.body)
    },
    onSuccess: (answer) => {
      kept.current = null
      setText('')
      onSaid(answer)
    },
  })
  return {
    text,
    setText: (next) => {
      if (error) reset()
      setText(next)
    },
    send: (more = {}) => mutate({ ...more, text }),
    sending: isPending,
    error,
  }
}
