import { useEffect, useRef } from 'react'

/** True where a key belongs to what has the focus: a field, a dialog, a slider. */
export function keyIsTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target as HTMLElement | null
  return (
    target?.closest('input, textarea, select, [contenteditable], dialog[open], [role=slider]') !=
    null
  )
}

/** Calls the handler for a key, wherever the focus is, unless something there wants it. */
export function usePageKeys(
  handlers: Record<string, (event: KeyboardEvent) => void>,
  on = true,
): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    if (!on) return
    const onKey = (event: KeyboardEvent) => {
      if (keyIsTaken(event)) return
      const onButton = (event.target as HTMLElement | null)?.closest('button, a, summary') != null
      if (onButton && (event.key === ' ' || event.key === 'Enter')) return
      const handler = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!handler) return
      event.preventDefault()
      handler(event)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [on])
}
