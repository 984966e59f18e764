/** The API's types by the names that the app uses. They come from the platform's own schema: `npm run types`. */
import type { components } from './schema'

type Schemas = components['schemas']

export interface Page<T> {
  results: T[]
  next_cursor: string | null
}

export type Words = Schemas['Words']
export type Role = Schemas['DemoAccount']['role']
export type Me = Schemas['Me']
export type DemoAccount = Schemas['DemoAccount']
export type Genre = Schemas['Genre']
export type Creator = Schemas['Creator']
export type SeriesCard = Schemas['SeriesCard']
export type SeriesDetail = Schemas['SeriesDetail']
export type GraphChoice = Schemas['Edge']
export type EpisodeCard = Schemas['EpisodeCard']
export type AiNotice = Schemas['Notice']
export type Sprite = Schemas['Sprite']
export type Playback = Schemas['Playback']
export type Reason = Schemas['Reason']
export type FeedItem = Schemas['FeedItem']
export type FeedPage = Schemas['FeedPage']
export type Why = Schemas['Why']
export type FeedPreferences = Schemas['FeedPreferences']
export type WatchEvent = Schemas['WatchEventRequest']
export type WatchEventKind = Schemas['WatchEventRequest']['kind']
export type WatchedItem = Schemas['HistoryItem']
export type NextEpisode = Schemas['Next']
export type Collection = Schemas['Collection']
export type Chart = Schemas['Chart']
export type ChartEntry = Schemas['ChartEntry']
export type JobView = Schemas['Job']
export type Season = Schemas['Season']
export type SeasonEpisode = Schemas['Billing']
export type PlaythroughChoice = Schemas['OpenChoice']
export type PlaythroughState = Schemas['Playthrough']
export type Speech = Schemas['Speech']
export type Reply = Schemas['Reply']
export type Comment = Schemas['Comment']
export type CommentPage = Schemas['CommentPage']
export type Danmaku = Schemas['Danmaku']
export type DanmakuStretch = Schemas['DanmakuStretch']
export type Code = Schemas['Code']
export type PremiereCard = Schemas['PremiereCard']
export type ProgrammeItem = Schemas['ProgrammeItem']
export type PremiereVisit = Schemas['PremiereVisit']
/** What everybody in front of a premiere sees; the socket says it. */
export type PremiereScene = Omit<PremiereVisit, 'my_vote'>
export type PremiereVote = Schemas['Vote']
export type BallotChoice = Schemas['BallotChoice']
