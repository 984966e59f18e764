/**
 * Sound is one setting for all films. Browsers allow none before the first touch or key, so it
 * waits for that.
 */
import { useSyncExternalStore } from 'react'

const KEY = 'huaben.sound'
const listeners = new Set<() => void>()

let wanted = globalThis.sessionStorage?.getItem(KEY) !== 'off'
let locked = !(globalThis.navigator?.userActivation?.hasBeenActive ?? false)
let unlockedAt = Number.NEGATIVE_INFINITY

function notifyListeners(): void {
  for (const listener of listeners) listener()
}

export function isMuted(): boolean {
  return locked || !wanted
}

/** True while only the browser's rule, not the viewer, keeps the film silent. */
export function isSoundLocked(): boolean {
  return locked && wanted
}

export function setSound(on: boolean): void {
  wanted = on
  if (on) locked = false
  sessionStorage.setItem(KEY, on ? 'on' : 'off')
  notifyListeners()
}

/** The browser refused a film with sound after all: silent again until the next touch. */
export function lockSound(): void {
  locked = true
  notifyListeners()
}

/** The touch that brought the sound does nothing else: true for a moment after it. */
export function justUnlocked(): boolean {
  return performance.now() - unlockedAt < 400
}

function unlock(): void {
  if (!locked || navigator.userActivation?.isActive === false) return
  locked = false
  unlockedAt = performance.now()
  notifyListeners()
}

/** Listens for the first touch or key of the page. */
export function unlockSoundOnInteraction(): void {
  document.addEventListener('pointerup', unlock, true)
  document.addEventListener('keydown', unlock, true)
}

export function subscribeSound(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSound(): { muted: boolean; waiting: boolean } {
  const muted = useSyncExternalStore(subscribeSound, isMuted)
  const waiting = useSyncExternalStore(subscribeSound, isSoundLocked)
  return { muted, waiting }
}
