import type { Role } from '../../api/types'

/** Every role, in the order of the back end. */
export const ROLES: readonly Role[] = [
  'viewer',
  'creator',
  'moderator',
  'filing_admin',
  'copyright_admin',
  'operator',
]
