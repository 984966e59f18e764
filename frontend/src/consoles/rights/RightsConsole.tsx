/** The pages of the copyright console, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { BlocksPage } from './BlocksPage'
export { ClaimPage } from './ClaimPage'
export { RightsHome } from './RightsHome'

export function RightsConsole() {
  return <ConsoleLayout console="rights" />
}
