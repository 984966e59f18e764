/**
 * The contract's types, by the names that the app uses.
 * Written by hand until `openapi.json` is there; then each becomes an alias of `components['schemas'][…]` in schema.ts.
 */
import type { Words } from '../i18n/language'

export type { Words }

export interface Page<T> {
  results: T[]
  next_cursor: string | null
}
export type Role = 'viewer' | 'creator' | 'moderator' | 'filing_admin' | 'copyright_admin' | 'operator'

export interface User {
  id: string
  handle: string
  display_name: string
  roles: Role[]
  language: string
}
export interface DemoAccount {
  handle: string
  email: string
  password: string
  role: Role
}
export interface Me {
  user: User | null
  viewer_id: string
  demo: boolean
  demo_accounts: DemoAccount[]
  simulated_audience: boolean
}
export interface Genre {
  slug: string
  name: Words
}
export interface Creator {
  id: string
  handle: string
  display_name: string
}
export interface SeriesCard {
  id: string
  title: string
  synopsis: string
  genres: Genre[]
  creator: Creator
  poster_url: string | null
  episode_count: number
  branching: boolean
  filing_number: string | null
  language: string
}
export interface EpisodeCard {
  id: string
  series_id: string
  number: number
  title: string
  duration_ms: number
  has_choices: boolean
}
export interface AiNotice {
  label: '1' | '2' | '3'
  text: Words
}
export interface Sprite {
  columns: number
  rows: number
  interval_ms: number
  width: number
  height: number
}
export interface Playback {
  cut_id: string
  manifest_url: string
  poster_url: string
  sprite_url: string | null
  sprite: Sprite | null
  width: number
  height: number
  duration_ms: number
  expires_at: string
  ai_notice: AiNotice | null
}
export interface Reason {
  kind: string
  text: Words
  refs: { kind: 'series' | 'genre'; id: string; title: string }[]
}
export interface ItemState {
  favourite: boolean
  following: boolean
  position_ms: number
}
export interface FeedItem {
  impression_id: string
  series: SeriesCard
  episode: EpisodeCard
  playback: Playback
  reasons: Reason[]
  state: ItemState
}
export interface FeedPage extends Page<FeedItem> {
  personalised: boolean
  simulated_audience: boolean
}
export interface Why {
  reasons: Reason[]
  personalised: boolean
  simulated_audience: boolean
}
export interface FeedPreferences {
  personalised: boolean
  recommendations: boolean
  tastes: { slug: string; name: Words; weight: number }[]
  muted_genres: string[]
}
export type WatchEventKind = 'impression' | 'start' | 'progress' | 'complete' | 'skip' | 'replay'
export interface WatchEvent {
  id: string
  kind: WatchEventKind
  episode_id: string
  cut_id: string
  impression_id?: string
  at: string
  position_ms: number
  watched_ms: number
  duration_ms: number
}
export interface WatchedItem {
  series: SeriesCard
  episode: EpisodeCard
  watched_at: string
  position_ms: number
  completed: boolean
}
export interface GraphChoice {
  id: string
  from_episode_id: string
  to_episode_id: string
  text: string
}
export interface SeriesDetail extends SeriesCard {
  episodes: EpisodeCard[]
  choices: GraphChoice[]
  state: ItemState
}
export interface NextEpisode {
  episode: EpisodeCard
  playback: Playback
}
export interface Collection {
  id: string
  title: Words
  note: Words | null
  series: SeriesCard[]
}
export interface ChartEntry {
  rank: number
  series: SeriesCard
  figure: number
  simulated: boolean
}
export interface Chart {
  window: 'day' | 'week'
  results: ChartEntry[]
}
export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
export interface JobView {
  id: string
  kind: string
  state: JobState
  progress: { step: string; done: number; total: number; note: Words | null; preview_url: string | null }
  attempts: number
  error: { code: string; title: Words; detail: string } | null
  created_at: string
  finished_at: string | null
}
export interface SeasonEpisode {
  episode_title: string
  series_id: string | null
  series_title: string
  job: JobView | null
  state: 'waiting' | 'making' | 'checking' | 'shown' | 'failed'
  poster_url: string | null
}
export interface Season {
  season: SeasonEpisode[]
  done: number
  total: number
}
export interface PlaythroughChoice {
  id: string
  text: string
  seal: string
}
export interface PlaythroughState {
  id: string
  series_id: string
  seq: number
  episode: EpisodeCard
  playback: Playback
  choices: PlaythroughChoice[]
  variables: Record<string, unknown>
  ended: boolean
  path: { episode_id: string; choice_id: string | null }[]
}
