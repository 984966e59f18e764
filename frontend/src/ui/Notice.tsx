// Old names, until their last users have moved.
export { showToast as notify } from './Toast'
