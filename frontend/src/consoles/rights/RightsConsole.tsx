/** The copyright desk's rooms, one chunk. */
import { Desk } from '../desk/Desk'

export { BlocksPage } from './BlocksPage'
export { ClaimPage } from './ClaimPage'
export { RightsHome } from './RightsHome'

export function RightsConsole() {
  return <Desk console="rights" />
}
