// Old names, until their last users have moved.
export { FilingLabel as FilingMark } from './FilingLabel'
