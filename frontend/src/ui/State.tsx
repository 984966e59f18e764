// Old names, until their last users have moved.
export { EmptyState as Quiet } from './EmptyState'
export { ErrorState as Failed } from './ErrorState'
export { Spinner as Lamp } from './Spinner'
