/** A local copy to edit. Follows the saved value until edited, and again after `discard`. */
import { useState } from 'react'

export function useDraft<T>(saved: T) {
  const [draft, setDraft] = useState<{ value: T } | null>(null)
  return {
    value: draft?.value ?? saved,
    dirty: draft !== null,
    edit: (change: (value: T) => T) =>
      setDraft((before) => ({ value: change(before?.value ?? saved) })),
    discard: () => setDraft(null),
  }
}
