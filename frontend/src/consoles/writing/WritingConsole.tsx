/** The writing room, one chunk: the editor and the shared text are loaded here and nowhere else. */
import { Desk } from '../desk/Desk'

export { WritingPage } from './WritingPage'

export function WritingConsole() {
  return <Desk console="studio" everyone />
}
