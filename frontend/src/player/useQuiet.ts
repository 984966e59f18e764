// Old names, until their last users have moved.
export { useAutoHide as useQuiet } from './useAutoHide'
