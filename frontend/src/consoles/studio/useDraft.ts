/**
 * A local copy to edit. Follows the saved value until edited, and again after `discard`. It knows
 * from which revision of the saved value it was edited.
 */
import { useState } from 'react'

export function useDraft<T>(saved: T, savedRevision: number) {
  const [draft, setDraft] = useState<{ value: T; revision: number } | null>(null)
  return {
    value: draft?.value ?? saved,
    revision: draft?.revision ?? savedRevision,
    dirty: draft !== null,
    edit: (change: (value: T) => T) =>
      setDraft((before) => ({
        value: change(before?.value ?? saved),
        revision: before?.revision ?? savedRevision,
      })),
    discard: () => setDraft(null),
  }
}
