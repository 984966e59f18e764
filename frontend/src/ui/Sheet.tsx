// Old names, until their last users have moved.
export { SheetDialog as Sheet } from './SheetDialog'
