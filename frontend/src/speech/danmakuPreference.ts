/** Whether danmaku run over the picture: one setting for all films, kept in this browser. */
import { useSyncExternalStore } from 'react'

const STORAGE_KEY = 'huaben.danmaku'
const listeners = new Set<() => void>()
let enabled = globalThis.localStorage?.getItem(STORAGE_KEY) !== 'off'

export function setDanmakuOn(next: boolean): void {
  enabled = next
  localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off')
  for (const listener of listeners) listener()
}

export function toggleDanmaku(): void {
  setDanmakuOn(!enabled)
}

export function useDanmakuOn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => enabled,
  )
}
