// Old names, until their last users have moved.
export { useMediaQuery as useMedia, useWideScreen as useDesk } from './useMediaQuery'
export { useOnline } from './useOnline'
