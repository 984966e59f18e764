/** The copyright desk's rooms, one chunk. */
import { Desk } from '../desk/Desk'

export { RightsHome } from './RightsHome'

export function RightsConsole() {
  return <Desk console="rights" />
}
