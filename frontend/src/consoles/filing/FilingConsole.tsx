/** The pages of the filing console, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { FilingHome } from './FilingHome'
export { FilingPage } from './FilingPage'

export function FilingConsole() {
  return <ConsoleLayout console="filing" />
}
