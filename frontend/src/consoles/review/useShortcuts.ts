/** Keyboard shortcuts; ignored while a field has the focus or a dialog is open. */
import { useEffect, useRef } from 'react'

export type Shortcuts = Record<string, () => void>

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target as HTMLElement
      if (target.closest('input:not([type=range]), textarea, select, dialog, [contenteditable]'))
        return
      // Space and Enter belong to the button that has the focus.
      if (event.key === ' ' && target.closest('button, a, summary')) return
      if (event.key.startsWith('Arrow') && target.closest('input[type=range]')) return
      const handler = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!handler) return
      event.preventDefault()
      handler()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
