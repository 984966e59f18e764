// Old names, until their last users have moved.
export { ChoiceOverlay as Fork } from '../player/ChoiceOverlay'
