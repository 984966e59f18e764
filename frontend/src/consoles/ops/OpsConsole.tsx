import { Desk } from '../desk/Desk'
export function OpsConsole() {
  return <Desk console="ops" />
}
