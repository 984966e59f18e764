/** Short notices at the foot of the page, read out politely; one may carry a way back. */
import { useEffect, useSyncExternalStore } from 'react'
import styles from './Toast.module.css'

interface Notice {
  id: number
  text: string
  action?: { label: string; run: () => void }
}

let notice: Notice | null = null
let nextId = 1
const listeners = new Set<() => void>()

function set(next: Notice | null): void {
  notice = next
  for (const listener of listeners) listener()
}

/** Says something in passing. With an action it stays longer. */
export function showToast(text: string, action?: Notice['action']): void {
  set({ id: nextId++, text, action })
}

export function ToastHost() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => notice,
  )
  useEffect(() => {
    if (!current) return
    const timer = setTimeout(() => set(null), current.action ? 7000 : 3600)
    return () => clearTimeout(timer)
  }, [current])
  return (
    <div className={styles.host} role="status" aria-live="polite">
      {current && (
        <div className={styles.notice} key={current.id}>
          <span>{current.text}</span>
          {current.action && (
            <button
              type="button"
              onClick={() => {
                current.action?.run()
                set(null)
              }}
            >
              {current.action.label}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
