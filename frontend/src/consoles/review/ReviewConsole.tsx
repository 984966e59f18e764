/** The review desk's rooms, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { CasePage } from './CasePage'
export { RemarksPage } from './RemarksPage'
export { ReviewHome } from './ReviewHome'

export function ReviewConsole() {
  return <ConsoleLayout console="review" />
}
