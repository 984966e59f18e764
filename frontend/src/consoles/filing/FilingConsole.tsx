import { Desk } from '../desk/Desk'
export function FilingConsole() {
  return <Desk console="filing" />
}
export function FilingHome() {
  return null
}
export function FilingPage() {
  return null
}
