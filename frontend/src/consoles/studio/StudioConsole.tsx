/** The studio's rooms, one chunk. */
import { Desk } from '../desk/Desk'

export { StudioClaimPage } from './claims/StudioClaimPage'
export { ProjectPage } from './ProjectPage'
export { StudioHome } from './StudioHome'
export { SeriesPage } from './series/SeriesPage'

export function StudioConsole() {
  return <Desk console="studio" look="ink" />
}
