/** How a moderator would rather see and hear what may be hard to look at; kept in this browser. */
import { useState } from 'react'

export interface Comfort {
  blur: boolean
  grey: boolean
  mute: boolean
}

const KEY = 'huaben.review.comfort'
const NONE: Comfort = { blur: false, grey: false, mute: false }

function kept(): Comfort {
  try {
    return { ...NONE, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Comfort>) }
  } catch {
    return NONE
  }
}

export function useComfort() {
  const [comfort, setComfort] = useState(kept)
  const toggle = (name: keyof Comfort) =>
    setComfort((before) => {
      const after = { ...before, [name]: !before[name] }
      localStorage.setItem(KEY, JSON.stringify(after))
      return after
    })
  const filter = [comfort.blur && 'blur(14px)', comfort.grey && 'grayscale(1)']
    .filter(Boolean)
    .join(' ')
  return { comfort, toggle, filter: filter || undefined }
}
