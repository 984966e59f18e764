import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { PremiereVisit } from '../api/types'
import { type FakeSocket, socketTo, useFakeSockets } from '../testing/fakeSocket'
import { renderInApp } from '../testing/render'
import { usePremiere } from './usePremiere'
import { VotePanel } from './VotePanel'

const choice = (id: string, text: string) => ({
  id,
  text,
  seal: '',
  to_episode_id: 'episode-2',
  votes: 0,
  percent: 0,
})
const visit = {
  id: 'premiere-1',
  seq: 1,
  phase: 'voting',
  round: 1,
  present: 2,
  server_now: new Date().toISOString(),
  phase_started_at: new Date().toISOString(),
  phase_ends_at: new Date(Date.now() + 60_000).toISOString(),
  choices: [choice('left', 'Follow the fox'), choice('right', 'Go home')],
  my_vote: null,
} as unknown as PremiereVisit
const onRefused = vi.fn()

function Vote() {
  return <VotePanel premiere={usePremiere(visit, onRefused)} notice={null} />
}
const votesOf = (socket: FakeSocket) =>
  (socket.sent as { type: string; key: string; choice_id: string }[]).filter(
    ({ type }) => type === 'vote',
  )

async function join(): Promise<FakeSocket> {
  renderInApp(<Vote />)
  const socket = await socketTo('/ws/premieres/premiere-1/')
  act(() => socket.receive({ type: 'state', state: visit }))
  return socket
}

beforeEach(() => {
  useFakeSockets()
  onRefused.mockClear()
})

test('a vote is sent, marked as on its way, and confirmed by the server', async () => {
  const socket = await join()
  await userEvent.click(await screen.findByRole('button', { name: /Follow the fox/ }))
  expect(screen.getByText('Voting for “Follow the fox”')).toBeInTheDocument()
  const [vote] = votesOf(socket)
  expect(vote).toMatchObject({ round: 1, choice_id: 'left' })
  act(() => socket.receive({ type: 'mine', key: vote?.key, vote: { round: 1, choice_id: 'left' } }))
  expect(screen.getByRole('button', { name: /Follow the fox.*My vote/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  // Shown below the choices, and read out.
  await waitFor(() => expect(screen.getAllByText('You voted for “Follow the fox”')).toHaveLength(2))
})

test('a vote can be changed by its number key until the vote closes', async () => {
  const socket = await join()
  await screen.findByRole('button', { name: /Go home/ })
  await userEvent.keyboard('1')
  await userEvent.keyboard('2')
  expect(votesOf(socket).map((vote) => vote.choice_id)).toEqual(['left', 'right'])
  expect(screen.getByRole('button', { name: /Go home/ })).toHaveAttribute('aria-pressed', 'true')
})

test('a refused vote is taken back', async () => {
  const socket = await join()
  await userEvent.click(await screen.findByRole('button', { name: /Go home/ }))
  const problem = { code: 'vote_closed', title: null }
  act(() => socket.receive({ type: 'refused', key: votesOf(socket)[0]?.key, problem }))
  expect(onRefused).toHaveBeenCalledWith(problem)
  expect(screen.getByRole('button', { name: /Go home/ })).toHaveAttribute('aria-pressed', 'false')
})

test('the tally follows the server', async () => {
  const socket = await join()
  const choices = [
    { id: 'left', votes: 3, percent: 75 },
    { id: 'right', votes: 1, percent: 25 },
  ]
  const pulse = { seq: 1, present: 4, server_now: new Date().toISOString(), choices }
  act(() => socket.receive({ type: 'pulse', pulse }))
  expect(await screen.findByRole('button', { name: /Follow the fox.*3 votes · 75%/ })).toBeVisible()
  expect(screen.getByRole('button', { name: /Go home.*1 vote · 25%/ })).toBeVisible()
})
