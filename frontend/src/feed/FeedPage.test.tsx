import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { FeedItem } from '../api/types'
import { episode, feedItem, playback, series } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { FollowingPage } from './FeedPage'

const FEED = '/api/v1/feed/following'

function itemOf(n: number): FeedItem {
  return feedItem({
    impression_id: `impression-${n}`,
    series: series({ id: `series-${n}`, title: `Play ${n}` }),
    episode: episode({ id: `episode-${n}` }),
    playback: playback({ cut_id: `cut-${n}` }),
  })
}

function pageOf(from: number, to: number, next_cursor: string | null) {
  const results = Array.from({ length: to - from + 1 }, (_, index) => itemOf(from + index))
  return { results, next_cursor, personalised: false, simulated_audience: false }
}

beforeEach(() => {
  server.respond('post', '/api/v1/events', () => new Response(null, { status: 202 }))
})

/** Scrolls as a finger would: jsdom lays nothing out, so the height of the screen is given. */
async function turnTo(index: number): Promise<void> {
  const list = await screen.findByRole('feed')
  Object.defineProperty(list, 'clientHeight', { configurable: true, value: 800 })
  list.scrollTop = index * 800
  fireEvent.scroll(list)
}

const mounted = () =>
  screen.getAllByRole('article', { hidden: true }).map((article) => article.ariaLabel)

test('only the film on screen and its neighbours are on the page', async () => {
  server.on('get', FEED, pageOf(1, 6, null))
  renderInApp(<FollowingPage />)
  await turnTo(0)
  expect(mounted()).toHaveLength(2)
  await turnTo(3)
  await waitFor(() => expect(mounted()).toHaveLength(3))
  expect(mounted().map((label) => label?.slice(0, 8))).toEqual(['“Play 3”', '“Play 4”', '“Play 5”'])
  await turnTo(0)
})

test('the next page is asked for before the last film, by its cursor', async () => {
  server.on('get', FEED, ({ query }) =>
    query.get('cursor') === 'more' ? pageOf(7, 8, null) : pageOf(1, 6, 'more'),
  )
  renderInApp(<FollowingPage />)
  await turnTo(3)
  expect(server.received('get', FEED)).toHaveLength(1)
  await turnTo(4)
  await waitFor(() => expect(server.received('get', FEED)).toHaveLength(2))
  expect(server.received('get', FEED)[1]?.query.get('cursor')).toBe('more')
  await turnTo(0)
})

test('a further page that fails keeps what is there and can be asked for again', async () => {
  server.on('get', FEED, pageOf(1, 2, 'more'))
  let failing = true
  server.respond('get', FEED, ({ query }) => {
    if (query.get('cursor') === null) return Response.json(pageOf(1, 2, 'more'))
    return failing
      ? Response.json({ title: 'The house is busy' }, { status: 400 })
      : Response.json(pageOf(3, 3, null))
  })
  renderInApp(<FollowingPage />)
  await turnTo(2)
  expect(await screen.findByText('The house is busy')).toBeInTheDocument()
  failing = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(mounted().at(-1)).toContain('Play 3'))
  await turnTo(0)
})

test('a feed that cannot be read says so and is tried again', async () => {
  server.refuse('get', FEED, { status: 400, title: 'The house is busy' })
  renderInApp(<FollowingPage />)
  expect(await screen.findByRole('alert')).toHaveTextContent('The house is busy')
  server.on('get', FEED, pageOf(1, 2, null))
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('feed')).toBeInTheDocument()
})

test('who follows nothing is told how to begin', async () => {
  server.on('get', FEED, pageOf(1, 0, null))
  renderInApp(<FollowingPage />)
  expect(await screen.findByRole('heading', { name: 'You follow nothing yet' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Watch what is on now' })).toHaveAttribute('href', '/')
})
