/** One wish to sign in at a time; whoever asked for it goes on when it is granted. */
import { useSyncExternalStore } from 'react'
import { onSignInNeeded } from '../api/client'

let answer: ((signedIn: boolean) => void) | null = null
let wish: Promise<boolean> | null = null
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

/** Opens the sheet; resolves to whether people signed in. */
export function askToSignIn(): Promise<boolean> {
  wish ??= new Promise<boolean>((resolve) => {
    answer = resolve
    tell()
  })
  return wish
}

export function resolveSignIn(signedIn: boolean): void {
  answer?.(signedIn)
  answer = null
  wish = null
  tell()
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
