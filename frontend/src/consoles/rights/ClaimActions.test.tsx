import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Claim } from '../../api/types'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { ClaimActions } from './ClaimActions'

const INCOMPLETE = '/api/v1/rights/claims/{claim_id}/incomplete'
const claim = {
  id: 'claim-1',
  state: 'received',
  actions: ['complete', 'incomplete', 'reject'],
  may_decide: true,
  suit_at: null,
  terms: { kind: 'cn' },
} as unknown as Claim

test('an action needs its text, and a retry takes effect only once', async () => {
  server.refuse('post', INCOMPLETE, { status: 503, title: 'Try again later' })
  renderInConsole(<ClaimActions claim={claim} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Ask for more' }))
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
  expect(screen.getByText('This is needed')).toBeInTheDocument()
  expect(server.requests).toHaveLength(0)

  const field = screen.getByRole('textbox', { name: 'What is missing' })
  await userEvent.type(field, 'A proof')
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again later')
  expect(field).toHaveValue('A proof')

  server.respond('post', INCOMPLETE, () => Response.json({ ...claim, state: 'incomplete' }))
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
  await waitFor(() => expect(field).not.toBeInTheDocument())
  expect(screen.getByText('Noted')).toBeInTheDocument()
  const sent = server.received('post', '/api/v1/rights/claims/claim-1/incomplete')
  expect(sent.map(({ body }) => body)).toEqual([{ missing: 'A proof' }, { missing: 'A proof' }])
  const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
})

test('a complete claim goes by the jurisdiction that was chosen', async () => {
  const profiles = [
    { kind: 'cn', terms: words('China') },
    { kind: 'us', terms: words('United States') },
  ]
  server.respond('get', '/api/v1/rights/profiles', () => Response.json(profiles))
  server.respond('post', '/api/v1/rights/claims/{claim_id}/complete', () => Response.json(claim))
  renderInConsole(<ClaimActions claim={claim} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Complete: take it down' }))
  await screen.findByRole('option', { name: 'United States' })
  const jurisdiction = screen.getByRole('combobox', { name: 'By whose rules' })
  expect(jurisdiction).toHaveValue('cn')
  await userEvent.selectOptions(jurisdiction, 'United States')
  await userEvent.click(screen.getByRole('button', { name: 'Take it down' }))
  await screen.findByText('Noted')
  expect(server.received('post', '/api/v1/rights/claims/claim-1/complete')[0]?.body).toEqual({
    profile_kind: 'us',
  })
})

test("a claim against one's own series is for others to decide", async () => {
  renderInConsole(<ClaimActions claim={{ ...claim, may_decide: false }} />)
  await screen.findByText('This series is yours; another copyright admin has to decide.')
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
