import { type RefObject, useCallback, useEffect, useState } from 'react'

const REST_MS = 3600

/**
 * Hides controls after a rest while `may`; any touch, move, key or focus inside `root` shows them.
 */
export function useAutoHide(
  root: RefObject<HTMLElement | null>,
  may: boolean,
): { quiet: boolean; wake: () => void } {
  const [woken, setWoken] = useState(0)
  const [quiet, setQuiet] = useState(false)
  const wake = useCallback(() => {
    setQuiet(false)
    setWoken((n) => n + 1)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each waking starts the rest anew.
  useEffect(() => {
    setQuiet(false)
    if (!may) return
    const timer = setTimeout(() => {
      const focused = root.current?.querySelector(':focus-visible')
      if (!focused) setQuiet(true)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [may, woken, root])

  useEffect(() => {
    const element = root.current
    if (!element) return
    let last = 0
    const onMove = () => {
      if (performance.now() - last < 300) return
      last = performance.now()
      wake()
    }
    const types = ['pointermove', 'pointerdown', 'focusin', 'keydown'] as const
    for (const type of types) element.addEventListener(type, onMove, { passive: true })
    return () => {
      for (const type of types) element.removeEventListener(type, onMove)
    }
  }, [root, wake])

  return { quiet, wake }
}
