// Old names, until their last users have moved.
export { AiLabel as AiMark } from './ContentLabels'
