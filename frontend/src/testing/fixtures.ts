/** Answers of the platform as the tests need them, of the schema's own types. */
import type { components } from '../api/schema'

type Schemas = components['schemas']

export const words = (en: string): Schemas['LocalizedText'] => ({ zh: en, en })

export function series(over: Partial<Schemas['SeriesCard']> = {}): Schemas['SeriesCard'] {
  return {
    id: 'series-1',
    title: 'The Fox Lantern',
    synopsis: 'A scholar, a fox and a debt.',
    genres: [{ slug: 'ghost', name: words('Ghost stories') }],
    creator: { id: 'creator-1', handle: 'lan', display_name: 'Lan' },
    poster_url: null,
    episode_count: 3,
    branching: false,
    language: 'en',
    filing: null,
    ...over,
  }
}

export function episode(over: Partial<Schemas['EpisodeCard']> = {}): Schemas['EpisodeCard'] {
  return {
    id: 'episode-1',
    series_id: 'series-1',
    number: 1,
    title: 'A knock at night',
    duration_ms: 60_000,
    has_choices: false,
    ...over,
  }
}

export function playback(over: Partial<Schemas['Playback']> = {}): Schemas['Playback'] {
  return {
    cut_id: 'cut-1',
    manifest_url: '/media/cut-1/index.m3u8',
    poster_url: '/media/cut-1/poster.jpg',
    sprite_url: null,
    sprite: null,
    width: 720,
    height: 1280,
    duration_ms: 60_000,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    ai_notice: { label: '1', text: words('Made with AI') },
    age_notice: null,
    ...over,
  }
}

export function feedItem(over: Partial<Schemas['FeedItem']> = {}): Schemas['FeedItem'] {
  return {
    impression_id: 'impression-1',
    series: series(),
    episode: episode(),
    playback: playback(),
    reasons: [{ kind: 'genre', text: words('Because you like ghost stories'), refs: [] }],
    comment_count: 2,
    state: { favourite: false, following: false, position_ms: 0 },
    ...over,
  }
}

export function me(over: Partial<Schemas['Me']> = {}): Schemas['Me'] {
  return {
    user: null,
    viewer_id: 'viewer-1',
    demo: false,
    demo_accounts: [],
    simulated_audience: false,
    ...over,
  }
}

export function account(over: Partial<Schemas['Account']> = {}): Schemas['Account'] {
  return {
    id: 'user-1',
    handle: 'lan',
    display_name: 'Lan',
    email: 'lan@example.org',
    roles: ['viewer'],
    language: 'en',
    name_notice: null,
    ...over,
  }
}
