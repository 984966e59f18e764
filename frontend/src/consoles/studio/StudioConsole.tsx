/** The studio's rooms, one chunk. */
import { ConsoleLayout } from '../shared/ConsoleLayout'

export { StudioClaimPage } from './claims/StudioClaimPage'
export { ProjectPage } from './ProjectPage'
export { StudioHome } from './StudioHome'
export { SeriesPage } from './series/SeriesPage'

export function StudioConsole() {
  return <ConsoleLayout console="studio" surface="ink" />
}
