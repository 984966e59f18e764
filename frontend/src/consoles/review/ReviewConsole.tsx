/** The pages of the review console, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { CasePage } from './CasePage'
export { ReviewHome } from './ReviewHome'
export { SpeechPage } from './SpeechPage'
export { WordsPage } from './WordsPage'

export function ReviewConsole() {
  return <ConsoleLayout console="review" />
}
