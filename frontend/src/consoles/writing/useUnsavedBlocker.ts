import { useBlocker } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { SyncStatus } from './WritingRoomProvider'

/** A fragment or query of the same page may change: only another path leaves it. */
const leavesPage = ({
  current,
  next,
}: {
  current: { pathname: string }
  next: { pathname: string }
}) => current.pathname !== next.pathname

/**
 * Blocks leaving the page while text is unsaved that would be lost. Proceeds by itself once
 * everything is saved. Closing the tab is `useWritingRoom`'s to ask about.
 */
export function useUnsavedBlocker({ saved, connection, problem }: SyncStatus) {
  // On an open connection that refused nothing, pending edits are still sent when the page goes.
  const hasUnsentText = !saved && (connection !== 'open' || problem !== null)
  const blocker = useBlocker({
    shouldBlockFn: leavesPage,
    withResolver: true,
    disabled: !hasUnsentText,
    enableBeforeUnload: false,
  })
  const { proceed } = blocker
  useEffect(() => {
    if (saved) proceed?.()
  }, [saved, proceed])
  return blocker
}
