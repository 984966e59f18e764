import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { WritingRoom } from '../../api/types'
import { socketTo, useFakeSockets } from '../../testing/fakeSocket'
import { account, me } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { WritingPage } from './WritingPage'

const ROOM = '/api/v1/series/{series_id}/writing'
const room = {
  id: 'room-1',
  series: { id: 'series-1', title: 'The Fox Lantern', language: 'en' },
  may_manage: false,
  writers: [],
  max_text_length: 1000,
} as unknown as WritingRoom
const show = () =>
  renderInConsole(<WritingPage />, '/studio/writing/series-1', '/studio/writing/$seriesId')

beforeEach(() => {
  useFakeSockets()
  server.on('get', '/api/v1/me', me({ user: account() }))
  server.respond('get', '/api/v1/writing/{room_id}/versions', () =>
    Response.json({ results: [], next_cursor: null }),
  )
})

test('whoever may not write there is told so', async () => {
  server.refuse('get', ROOM, { status: 404 })
  show()
  await screen.findByRole('heading', { name: 'This prompt book is not open to you' })
  expect(screen.getByRole('link', { name: 'Books I write in' })).toHaveAttribute('href', '/me')
})

test('a failed request can be tried again', async () => {
  server.refuse('get', ROOM, { status: 503, title: 'Try again later' })
  show()
  await screen.findByText('Try again later')
  server.respond('get', ROOM, () => Response.json(room))
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('heading', { name: 'The prompt book of “The Fox Lantern”' })
})

test('the book opens, and locks when its writer is removed from the room', async () => {
  server.respond('get', ROOM, () => Response.json(room))
  show()
  expect(await screen.findByText('Opening the book')).toBeInTheDocument()
  expect(screen.getByText('0 of 1000 characters')).toBeInTheDocument()
  const socket = await socketTo('/ws/writing/room-1/')
  act(() => socket.close(4404))
  expect(await screen.findByRole('alert')).toHaveTextContent('You are no longer in this room')
  expect(screen.queryByText('Opening the book')).not.toBeInTheDocument()
})

test('a page that lost touch with the room offers to reload', async () => {
  server.respond('get', ROOM, () => Response.json(room))
  show()
  const socket = await socketTo('/ws/writing/room-1/')
  act(() => socket.close(4400))
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This page has lost touch with the book',
  )
  expect(screen.getByRole('button', { name: 'Reload' })).toBeInTheDocument()
})
