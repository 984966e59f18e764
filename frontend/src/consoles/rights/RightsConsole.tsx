import { Desk } from '../desk/Desk'
export function RightsConsole() {
  return <Desk console="rights" />
}
