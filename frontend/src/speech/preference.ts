/** Whether danmaku run over the picture: one setting for all films, kept in this browser. */
import { useSyncExternalStore } from 'react'

const KEY = 'huaben.danmaku'
const listeners = new Set<() => void>()
let on = globalThis.localStorage?.getItem(KEY) !== 'off'

export function setDanmakuOn(next: boolean): void {
  on = next
  localStorage.setItem(KEY, next ? 'on' : 'off')
  for (const listener of listeners) listener()
}

export function toggleDanmaku(): void {
  setDanmakuOn(!on)
}

export function useDanmakuOn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => on,
  )
}
