import { defaultKeymap } from '@codemirror/commands'
import { Compartment, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import * as Y from 'yjs'
import styles from './Editor.module.css'
import type { OpenBook } from './useWritingRoom'

const readOnly = new Compartment()
/**
 * A locked text can be focused, selected and copied. Undo ignores read-only, so its keys go too.
 */
const readOnlyExtension = (locked: boolean) =>
  locked ? EditorState.readOnly.of(true) : keymap.of([...yUndoManagerKeymap])

/** The editor of the shared text, with the others' cursors. Tab leaves it, as from any field. */
export function Editor({
  book,
  label,
  hint,
  language,
  locked,
  onSelect,
}: {
  book: OpenBook
  label: string
  hint: string
  language: string
  locked: boolean
  /** What is selected, "" when nothing is. */
  onSelect: (text: string) => void
}) {
  const sheet = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latestProps = useRef({ onSelect, locked })
  useEffect(() => {
    latestProps.current = { onSelect, locked }
  })
  useEffect(() => {
    if (!sheet.current) return
    const undo = new Y.UndoManager(book.text)
    const editor = new EditorView({
      parent: sheet.current,
      state: EditorState.create({
        doc: book.text.toString(),
        extensions: [
          keymap.of(defaultKeymap),
          EditorView.lineWrapping,
          drawSelection(),
          placeholder(hint),
          EditorView.contentAttributes.of({
            'aria-label': label,
            lang: language,
            spellcheck: 'false',
          }),
          readOnly.of(readOnlyExtension(latestProps.current.locked)),
          yCollab(book.text, book.awareness, { undoManager: undo }),
          EditorView.updateListener.of((update) => {
            if (!update.selectionSet && !update.docChanged) return
            const { from, to } = update.state.selection.main
            latestProps.current.onSelect(update.state.sliceDoc(from, to))
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
      undo.destroy()
    }
  }, [book, label, hint, language])
  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.reconfigure(readOnlyExtension(locked)) })
  }, [locked])
  return <div ref={sheet} className={styles.editor} />
}
