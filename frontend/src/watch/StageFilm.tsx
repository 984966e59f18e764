// Old names, until their last users have moved.
export { type ActiveVideo as OnStage, EpisodeVideo as StageFilm } from '../player/EpisodeVideo'
