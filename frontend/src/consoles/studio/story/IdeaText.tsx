import { useEffect, useMemo, useRef } from 'react'
import type { Project, StoryFact, StoryState } from '../../../api/types'
import { langOf } from '../../../i18n/language'
import { segmentsOf } from './facts'
import styles from './Story.module.css'

const MAX_NAME = 24

/** The maker's words with what was read in them; `onSelect` hears which word was selected. */
export function IdeaText({
  project,
  story,
  active,
  onSelect,
}: {
  project: Project
  story: StoryState
  active: StoryFact | null
  onSelect: (word: string) => void
}) {
  const text = useRef<HTMLQuoteElement>(null)
  const segments = useMemo(() => segmentsOf(story, active), [story, active])
  useEffect(() => {
    const read = () => {
      const selection = document.getSelection()
      const word = selection?.toString().trim() ?? ''
      const inside = selection?.anchorNode && text.current?.contains(selection.anchorNode)
      if (inside && word && word.length <= MAX_NAME && story.text.includes(word)) onSelect(word)
    }
    document.addEventListener('selectionchange', read)
    return () => document.removeEventListener('selectionchange', read)
  }, [story.text, onSelect])
  const first = segments.find((segment) => segment.active)?.start
  useEffect(() => {
    if (first === undefined) return
    const mark = text.current?.querySelector<HTMLElement>('[data-active]')
    mark?.scrollIntoView?.({ block: 'nearest' })
  }, [first])
  return (
    <blockquote ref={text} className={styles.text} lang={langOf(project.language)}>
      {segments.map(({ text: words, start, kind, active: isActive }) =>
        kind ? (
          <mark key={start} data-kind={kind} data-active={isActive || undefined}>
            {words}
          </mark>
        ) : (
          <span key={start} data-active={isActive || undefined}>
            {words}
          </span>
        ),
      )}
    </blockquote>
  )
}
