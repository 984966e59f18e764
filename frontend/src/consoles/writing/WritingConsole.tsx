/** The writing room, one chunk: the editor and the shared text are loaded here and nowhere else. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { WritingPage } from './WritingPage'

export function WritingConsole() {
  return <ConsoleLayout console="studio" anyRole />
}
