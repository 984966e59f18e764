/** The forms of a project that hold unsaved edits, so that whatever goes on saves them first. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Project } from '../../api/types'

export type DraftName = 'outline' | 'script'
/** Saves the edits; throws what the server refused. */
type SaveDraft = () => Promise<Project>

interface UnsavedDrafts {
  names: DraftName[]
  register: (name: DraftName, save: SaveDraft) => () => void
  /** Saves them in the order of the work; the project as the last answer has it. */
  saveAll: () => Promise<Project | null>
}

const ORDER: DraftName[] = ['outline', 'script']
const Context = createContext<UnsavedDrafts>({
  names: [],
  register: () => () => undefined,
  saveAll: async () => null,
})

export function UnsavedDraftsProvider({ children }: { children: ReactNode }) {
  const [saves, setSaves] = useState<Partial<Record<DraftName, SaveDraft>>>({})
  const register = useCallback((name: DraftName, save: SaveDraft) => {
    setSaves((before) => ({ ...before, [name]: save }))
    return () => setSaves(({ [name]: _, ...rest }) => rest)
  }, [])
  const drafts = useMemo(
    () => ({
      names: ORDER.filter((name) => saves[name]),
      register,
      saveAll: async () => {
        let project: Project | null = null
        for (const name of ORDER) project = (await saves[name]?.()) ?? project
        return project
      },
    }),
    [saves, register],
  )
  return <Context.Provider value={drafts}>{children}</Context.Provider>
}

export const useUnsavedDrafts = () => useContext(Context)

/** Announces that a form has unsaved edits, as long as it has. */
export function useRegisterDraft(name: DraftName, dirty: boolean, save: SaveDraft): void {
  const { register } = useContext(Context)
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  useEffect(() => {
    if (dirty) return register(name, () => latest.current())
  }, [name, dirty, register])
}
