/**
 * Keyboard shortcuts. Letters belong to a field that is typed into, every key to an open dialog;
 * Escape works in fields too, letters on check boxes.
 */
import { useEffect, useRef } from 'react'

const TYPED_INTO =
  'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]'

export type Shortcuts = Record<string, () => void>

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.isComposing) return
      const target = event.target as HTMLElement
      if (target.closest('dialog')) return
      if (event.key !== 'Escape' && target.closest(TYPED_INTO)) return
      // Space and arrows belong to the button, box or slider that has the focus.
      if (event.key === ' ' && target.closest('button, a, summary, input')) return
      if (event.key.startsWith('Arrow') && target.closest('input')) return
      const handler = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!handler) return
      event.preventDefault()
      handler()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
