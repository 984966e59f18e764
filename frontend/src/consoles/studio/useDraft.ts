/** A local copy to edit. It follows the server until it is touched, and again once it is saved or put away. */
import { useState } from 'react'

export function useDraft<T>(kept: T) {
  const [draft, setDraft] = useState<{ value: T } | null>(null)
  return {
    value: draft?.value ?? kept,
    dirty: draft !== null,
    edit: (change: (value: T) => T) =>
      setDraft((before) => ({ value: change(before?.value ?? kept) })),
    discard: () => setDraft(null),
  }
}
