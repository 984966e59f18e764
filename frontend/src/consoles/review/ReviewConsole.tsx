import { Desk } from '../desk/Desk'
export function ReviewConsole() {
  return <Desk console="review" />
}
export function ReviewHome() {
  return null
}
export function CasePage() {
  return null
}
