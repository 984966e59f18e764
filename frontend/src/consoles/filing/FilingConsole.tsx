/** The filing desk's rooms, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { FilingHome } from './FilingHome'
export { FilingPage } from './FilingPage'

export function FilingConsole() {
  return <ConsoleLayout console="filing" />
}
