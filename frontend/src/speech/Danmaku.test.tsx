import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Danmaku } from '../api/types'
import type { VideoPlayer } from '../player/VideoPlayer'
import { socketTo, useFakeSockets } from '../testing/fakeSocket'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { DanmakuBar } from './DanmakuBar'
import { DanmakuLayer } from './DanmakuLayer'
import { setDanmakuOn } from './danmakuPreference'

const DANMAKU = '/api/v1/episodes/{episode_id}/danmaku'
const player = { positionMs: 5000, durationMs: 60_000 } as VideoPlayer
const danmaku = (over: Partial<Danmaku> = {}): Danmaku => ({
  id: 'danmaku-1',
  text: 'A fox!',
  position_ms: 5000,
  state: 'shown',
  mine: false,
  ...over,
})

beforeEach(() => {
  useFakeSockets()
  setDanmakuOn(true)
  // jsdom has no animations.
  Element.prototype.animate = () =>
    ({ play() {}, pause() {}, cancel() {}, onfinish: null }) as unknown as Animation
})

function showBar(episodeId: string) {
  const onClose = vi.fn()
  renderInApp(<DanmakuBar episodeId={episodeId} player={player} onClose={onClose} />)
  return onClose
}
const findField = () => screen.findByRole('textbox', { name: 'Send words across the picture' })

test('a danmaku is sent with its place in the film, and the field is empty again', async () => {
  server.respond('post', DANMAKU, () => Response.json(danmaku({ mine: true }), { status: 201 }))
  showBar('episode-1')
  const field = await findField()
  await userEvent.type(field, 'A fox!{Enter}')
  await waitFor(() => expect(field).toHaveValue(''))
  expect(screen.getByText('passes at 0:05')).toBeInTheDocument()
  expect(server.received('post', '/api/v1/episodes/episode-1/danmaku')[0]?.body).toEqual({
    id: expect.any(String),
    text: 'A fox!',
    position_ms: 5000,
  })
})

test('one that was refused or is too long is not lost', async () => {
  server.refuse('post', DANMAKU, { status: 429, title: 'Too often' })
  showBar('episode-2')
  const field = await findField()
  await userEvent.type(field, 'A fox!{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Too often')
  expect(field).toHaveValue('A fox!')
  await userEvent.clear(field)
  await userEvent.click(field)
  await userEvent.paste('x'.repeat(41))
  expect(screen.getByText('1 character too many')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled()
})

test('the switch turns all danmaku off, and Escape closes the bar', async () => {
  const onClose = showBar('episode-3')
  const all = await screen.findByRole('button', { name: 'Danmaku' })
  expect(all).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(all)
  expect(all).toHaveAttribute('aria-pressed', 'false')
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledTimes(1)
})

test('danmaku pass after a while of play, live ones too, and removed ones go', async () => {
  server.on('get', DANMAKU, { results: [danmaku()], after: 7 })
  renderInApp(<DanmakuLayer episodeId="episode-4" player={player} playing />)
  expect(await screen.findByText('A fox!')).toBeInTheDocument()
  const room = await socketTo('/ws/rooms/danmaku:episode-4/')
  expect(room.url).toContain('after=7')
  const live = { id: 'danmaku-2', text: 'Run!', position_ms: 5000 }
  act(() =>
    room.receive({
      type: 'events',
      events: [{ id: 8, event: { kind: 'danmaku', danmaku: live } }],
    }),
  )
  expect(await screen.findByText('Run!')).toBeInTheDocument()
  act(() =>
    room.receive({ type: 'events', events: [{ id: 9, event: { kind: 'gone', id: 'danmaku-1' } }] }),
  )
  await waitFor(() => expect(screen.queryByText('A fox!')).not.toBeInTheDocument())
  act(() => setDanmakuOn(false))
  expect(screen.queryByText('Run!')).not.toBeInTheDocument()
})
