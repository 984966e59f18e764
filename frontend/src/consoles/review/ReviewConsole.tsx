/** The review desk's rooms, one chunk. */
import { Desk } from '../desk/Desk'

export { CasePage } from './CasePage'
export { RemarksPage } from './RemarksPage'
export { ReviewHome } from './ReviewHome'

export function ReviewConsole() {
  return <Desk console="review" />
}
