/** The operator's rooms, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { NeverListPage } from './NeverListPage'
export { OpsHome } from './OpsHome'
export { PeoplePage } from './PeoplePage'
export { PersonPage } from './PersonPage'

export function OpsConsole() {
  return <ConsoleLayout console="ops" />
}
