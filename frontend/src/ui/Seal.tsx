// Old names, until their last users have moved.
export { SealBadge as Seal, type SealTone } from './SealBadge'
