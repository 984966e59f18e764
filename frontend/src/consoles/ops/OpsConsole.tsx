/** The operator's rooms, one chunk. */
import { Desk } from '../desk/Desk'

export { OpsHome } from './OpsHome'
export { PeoplePage } from './PeoplePage'
export { PersonPage } from './PersonPage'

export function OpsConsole() {
  return <Desk console="ops" />
}
