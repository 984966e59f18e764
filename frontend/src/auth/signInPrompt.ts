/** One sign-in sheet at a time; every request that waits for it goes on when it is closed. */
import { useSyncExternalStore } from 'react'
import { onSignInNeeded } from '../api/client'

let answer: ((signedIn: boolean) => void) | null = null
let pending: Promise<boolean> | null = null
const listeners = new Set<() => void>()

function notifyListeners(): void {
  for (const listener of listeners) listener()
}

/** Opens the sheet; resolves to whether people signed in. */
export function askToSignIn(): Promise<boolean> {
  pending ??= new Promise<boolean>((resolve) => {
    answer = resolve
    notifyListeners()
  })
  return pending
}

export function resolveSignIn(signedIn: boolean): void {
  answer?.(signedIn)
  answer = null
  pending = null
  notifyListeners()
}

export function useSignInPrompt(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => answer !== null,
  )
}

onSignInNeeded(askToSignIn)
