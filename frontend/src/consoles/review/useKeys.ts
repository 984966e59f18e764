/** The desk's keys. They are silent while somebody types, and while a dialog is open. */
import { useEffect, useRef } from 'react'

export type Keys = Record<string, () => void>

export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target as HTMLElement
      if (target.closest('input:not([type=range]), textarea, select, dialog, [contenteditable]'))
        return
      // Space and Enter belong to the button that has the focus.
      if (event.key === ' ' && target.closest('button, a, summary')) return
      if (event.key.startsWith('Arrow') && target.closest('input[type=range]')) return
      const deed = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!deed) return
      event.preventDefault()
      deed()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
