// Old names, until their last users have moved.
export {
  type PlaybackEvent as FilmMoment,
  type PlaybackRole as FilmPart,
  type PlaybackState as FilmState,
  VideoPlayer as Film,
} from './VideoPlayer'
