/** A text draft that outlives its component, sent once: a retry carries the same id. */

import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { answerOf } from '../api/client'
import { newId } from '../api/uuid'

/** Texts that are not sent yet, by field, for as long as the page lives. */
const drafts = new Map<string, string>()
/**
 * Submissions without a successful answer, by field: they may have arrived, so they keep their id.
 */
const unanswered = new Map<string, Submission>()
const listeners = new Set<() => void>()

interface Submission {
  id: string
  text: string
  identity: string
  options: unknown
}

/** Sends one submission to the API. */
export type SendText<Options, Answer> = (
  body: { id: string; text: string } & Options,
) => Promise<{ data?: Answer }>

export interface TextDraft<Options> {
  text: string
  setText: (text: string) => void
  send: (options: Options) => void
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

/**
 * The submission of a text in a field. The same text with the same `identity` is one submission,
 * however often it has to be sent, and it keeps the options that it was sent with first.
 */
function submissionFor(key: string, text: string, identity: string, options: unknown): Submission {
  const previous = unanswered.get(key)
  if (previous?.text === text && previous.identity === identity) return previous
  const submission = { id: newId(), text, identity, options }
  unanswered.set(key, submission)
  return submission
}

/**
 * The draft of the field `key`, sent by `send`. `identityOf` tells submissions of the same text
 * apart. The answer goes to `onSent`.
 */
export function useTextDraft<Options, Answer>({
  key,
  send,
  identityOf = () => '',
  onSent,
}: {
  key: string
  send: SendText<Options, Answer>
  identityOf?: (options: Options) => string
  onSent: (answer: Answer) => void
}): TextDraft<Options> {
  const text = useSyncExternalStore(subscribe, () => drafts.get(key) ?? '')
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ submission, send }: Attempt<Options, Answer>) => {
      const { id, text, options } = submission
      return answerOf(send({ id, text, ...(options as Options) }))
    },
    // By now the field may be another one, or hold another text: that stays.
    onSuccess: (answer, { key, submission }) => {
      if (unanswered.get(key) === submission) unanswered.delete(key)
      if (drafts.get(key) === submission.text) setDraft(key, '')
      onSent(answer)
    },
  })
  return {
    text,
    setText: (next) => {
      if (error) reset()
      // Emptying the field gives the submission up; the same text later is another one.
      if (!next) unanswered.delete(key)
      setDraft(key, next)
    },
    send: (options) =>
      mutate({ key, send, submission: submissionFor(key, text, identityOf(options), options) }),
    sending: isPending,
    error,
  }
}

interface Attempt<Options, Answer> {
  key: string
  send: SendText<Options, Answer>
  submission: Submission
}
