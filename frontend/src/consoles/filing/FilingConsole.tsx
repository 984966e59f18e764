/** The filing desk's rooms, one chunk. */
import { Desk } from '../desk/Desk'

export { FilingHome } from './FilingHome'
export { FilingPage } from './FilingPage'

export function FilingConsole() {
  return <Desk console="filing" />
}
