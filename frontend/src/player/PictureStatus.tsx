// Old names, until their last users have moved.
export { PlaybackStatus as PictureStatus } from './PlaybackStatus'
