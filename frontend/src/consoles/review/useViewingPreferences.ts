/** How a moderator would rather see and hear what may be hard to look at; kept in this browser. */
import { useState } from 'react'

export interface ViewingPreferences {
  blur: boolean
  grey: boolean
  mute: boolean
}

const STORAGE_KEY = 'huaben.review.comfort'
const DEFAULTS: ViewingPreferences = { blur: false, grey: false, mute: false }

function readStored(): ViewingPreferences {
  try {
    return {
      ...DEFAULTS,
      ...(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<ViewingPreferences>),
    }
  } catch {
    return DEFAULTS
  }
}

export function useViewingPreferences() {
  const [preferences, setPreferences] = useState(readStored)
  const toggle = (name: keyof ViewingPreferences) =>
    setPreferences((before) => {
      const after = { ...before, [name]: !before[name] }
      localStorage.setItem(STORAGE_KEY, JSON.stringify(after))
      return after
    })
  const filter = [preferences.blur && 'blur(14px)', preferences.grey && 'grayscale(1)']
    .filter(Boolean)
    .join(' ')
  return { preferences, toggle, filter: filter || undefined }
}
