import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { eventQueue } from '../api/events'
import type { WatchEvent } from '../api/types'
import { setSound } from '../player/sound'
import type { PlaybackRole } from '../player/VideoPlayer'
import { episode, feedItem, playback, series } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { FeedEpisode } from './FeedEpisode'

const PLAYBACK = '/api/v1/episodes/{episode_id}/playback'
let item = feedItem()
const onNext = vi.fn()
const onPrevious = vi.fn()

beforeEach(() => {
  item = feedItem()
  onNext.mockClear()
  onPrevious.mockClear()
  setSound(true)
  server.on('put', '/api/v1/series/{series_id}/favourite', undefined as never)
  server.on('put', '/api/v1/series/{series_id}/not-interested', undefined as never)
  server.on('delete', '/api/v1/series/{series_id}/not-interested', undefined as never)
})

async function show(role: PlaybackRole = 'active'): Promise<HTMLVideoElement> {
  renderInApp(
    <FeedEpisode
      item={item}
      place={1}
      of={3}
      role={role}
      onNext={onNext}
      onPrevious={onPrevious}
    />,
  )
  return (await screen.findByLabelText(/Picture of “The Fox Lantern”/)) as HTMLVideoElement
}

/** The browser's own word for a stream that it cannot read. */
function breakStream(video: HTMLVideoElement): void {
  fireEvent.error(video)
}

async function watchEvents(): Promise<WatchEvent[]> {
  server.respond('post', '/api/v1/events', () => new Response(null, { status: 202 }))
  await eventQueue().flush()
  return server
    .received('post', '/api/v1/events')
    .flatMap((request) => (request.body as { events: WatchEvent[] }).events)
}

test('the episode on screen plays by itself, and its impression is logged', async () => {
  const video = await show()
  await waitFor(() => expect(video.paused).toBe(false))
  expect(video.src).toContain('/media/cut-1/index.m3u8')
  expect(screen.getByRole('button', { name: 'Pause' })).toBeInTheDocument()
  expect((await watchEvents()).map((event) => event.kind)).toEqual(['impression', 'start'])
})

test('a neighbour is loaded but does not play, and cannot be reached by keyboard', async () => {
  const video = await show('preload')
  expect(video.src).toContain('index.m3u8')
  expect(video.paused).toBe(true)
  expect(screen.getByRole('article', { hidden: true })).toHaveAttribute('inert')
  expect(await watchEvents()).toEqual([])
})

test('who says what it is: series, episode, why it was recommended, the AI label', async () => {
  await show()
  const article = screen.getByRole('article', {
    name: '“The Fox Lantern”, episode 1, A knock at night',
  })
  expect(within(article).getByRole('link', { name: 'The Fox Lantern' })).toHaveAttribute(
    'href',
    '/series/series-1',
  )
  expect(within(article).getByText('Because you like ghost stories')).toBeInTheDocument()
  expect(within(article).getByText('Made with AI')).toBeInTheDocument()
})

test('where the browser allows no sound yet, the film plays silently and offers it', async () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play')
  play.mockImplementationOnce(() => Promise.reject(new DOMException('no', 'NotAllowedError')))
  const video = await show()
  await waitFor(() => expect(video.paused).toBe(false))
  expect(video.muted).toBe(true)
  await userEvent.click(await screen.findByRole('button', { name: 'Tap for sound' }))
  expect(video.muted).toBe(false)
  play.mockRestore()
})

test('keys pause and play, mute, and jump along the film', async () => {
  const video = await show()
  await waitFor(() => expect(video.paused).toBe(false))
  await userEvent.keyboard(' ')
  expect(video.paused).toBe(true)
  expect(screen.getByRole('button', { name: 'Play' })).toBeInTheDocument()
  await userEvent.keyboard(' ')
  expect(video.paused).toBe(false)
  await userEvent.keyboard('m')
  expect(video.muted).toBe(true)
  await userEvent.keyboard('{ArrowRight}')
  expect(video.currentTime).toBe(5)
  await userEvent.keyboard('{ArrowLeft}')
  expect(video.currentTime).toBe(0)
})

test('the bar is a slider that keys move', async () => {
  const video = await show()
  const slider = screen.getByRole('slider', { name: 'Progress' })
  slider.focus()
  await userEvent.keyboard('{End}')
  expect(video.currentTime).toBeCloseTo(59.95)
  fireEvent(video, new Event('timeupdate'))
  expect(slider).toHaveAttribute('aria-valuetext', '1 min 0 s of 1 min 0 s')
})

test('keeping a series shows at once and is put back when it is refused', async () => {
  await show()
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }))
  expect(screen.getByRole('button', { name: 'Kept', pressed: true })).toBeInTheDocument()
  expect(server.received('put', '/api/v1/series/series-1/favourite')).toHaveLength(1)

  server.refuse('delete', '/api/v1/series/{series_id}/favourite', {
    status: 503,
    title: 'Not now',
  })
  await userEvent.keyboard('l')
  expect(await screen.findByText('Not now')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Kept', pressed: true })).toBeInTheDocument()
})

test('“not for me” stops the film and can be taken back', async () => {
  const video = await show()
  await waitFor(() => expect(video.paused).toBe(false))
  await userEvent.click(screen.getByRole('button', { name: 'Not for me' }))
  expect(await screen.findByText('Less of “The Fox Lantern” from now on')).toBeInTheDocument()
  expect(video.paused).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(screen.queryByText('Less of “The Fox Lantern” from now on')).not.toBeInTheDocument()
})

test('a stream that dies is asked for once more and goes on', async () => {
  server.on('get', PLAYBACK, playback({ manifest_url: '/media/cut-1/again.m3u8' }))
  const video = await show()
  breakStream(video)
  await waitFor(() => expect(video.src).toContain('again.m3u8'))
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('a film that cannot be had says so, and can be tried again or passed over', async () => {
  server.refuse('get', PLAYBACK, { status: 503, title: 'The house is busy' })
  const video = await show()
  breakStream(video)
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('This episode will not play')
  expect(alert).toHaveTextContent('The house is busy')
  await userEvent.click(within(alert).getByRole('button', { name: 'Swipe up for another play' }))
  expect(onNext).toHaveBeenCalledOnce()

  server.on('get', PLAYBACK, playback({ manifest_url: '/media/cut-1/again.m3u8' }))
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(video.src).toContain('again.m3u8'))
})

test('an episode that was taken down cannot be tried again', async () => {
  server.refuse('get', PLAYBACK, { status: 404, title: 'Not found' })
  breakStream(await show())
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('This episode was taken down')
  expect(within(alert).queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
})

test('at its end the card leads to the next episode, and back to the start', async () => {
  const video = await show()
  fireEvent.ended(video)
  expect(await screen.findByRole('heading', { name: 'What happens next?' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Next episode' })).toHaveAttribute(
    'href',
    '/watch/series-1/episode-1?seen=true',
  )
  video.currentTime = 30
  await userEvent.click(screen.getByRole('button', { name: 'Watch again' }))
  expect(video.currentTime).toBe(0)
})

test('at a fork the card leads to the choice', async () => {
  item = feedItem({ episode: episode({ has_choices: true }), series: series({ branching: true }) })
  fireEvent.ended(await show())
  expect(await screen.findByRole('heading', { name: 'Your turn to choose' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Choose a way' })).toBeInTheDocument()
})

test('after the last episode there is no next one, only other plays', async () => {
  item = feedItem({ episode: episode({ number: 3 }) })
  fireEvent.ended(await show())
  expect(await screen.findByRole('button', { name: 'Watch again' })).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: 'Next episode' })).not.toBeInTheDocument()
})

test('“why this” tells the reasons in full', async () => {
  server.on('get', '/api/v1/episodes/{episode_id}/why', {
    reasons: item.reasons,
    personalised: false,
    simulated_audience: true,
  })
  await show()
  await userEvent.click(screen.getByRole('button', { name: /Why this episode/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Why this episode?' })
  expect(
    await within(dialog).findByText(/audience of this demo house is simulated/),
  ).toBeInTheDocument()
  expect(within(dialog).getByRole('link', { name: 'Adjust my tastes' })).toBeInTheDocument()
})
