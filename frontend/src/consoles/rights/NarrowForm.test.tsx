import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Claim } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { ClaimFilms } from './ClaimFilms'
import { NarrowForm } from './NarrowForm'

const claim = {
  id: 'claim-1',
  series: { title: 'The Fox Lantern' },
  narrowed_to: [],
  episodes: [
    { id: 'e1', number: 1, title: 'A knock' },
    { id: 'e2', number: 2, title: 'A debt' },
  ],
  shown_cuts: [
    { cut_id: 'cut-1', episode_number: 1, number: 1, sha256: 'aa', label: '1', decision_id: null },
  ],
} as unknown as Claim

test('a claim is narrowed to some episodes and never to all', async () => {
  server.respond('post', '/api/v1/rights/claims/{claim_id}/narrow', () => Response.json(claim))
  const onClose = vi.fn()
  renderInConsole(<NarrowForm claim={claim} onClose={onClose} />)
  await userEvent.click(await screen.findByRole('checkbox', { name: /A knock/ }))
  await userEvent.click(screen.getByRole('checkbox', { name: /A debt/ }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Why only these' }), 'Only the first')
  await userEvent.click(screen.getByRole('button', { name: 'Narrow it' }))
  expect(screen.getByText('Choose one at least, and not all')).toBeInTheDocument()
  expect(server.requests).toHaveLength(0)
  await userEvent.click(screen.getByRole('checkbox', { name: /A debt/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Narrow it' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(server.received('post', '/api/v1/rights/claims/claim-1/narrow')[0]?.body).toEqual({
    episode_ids: ['e1'],
    reason: 'Only the first',
  })
})

test('the film that a claim is about is opened on the page, and another file is said', async () => {
  server.respond('get', '/api/v1/cuts/{cut_id}', () =>
    Response.json({ id: 'cut-1', sha256: 'bb', preview: null, gate: {}, state: 'approved' }),
  )
  renderInConsole(<ClaimFilms claim={claim} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Watch episode 1' }))
  expect(await screen.findByText(/another one than when the notice came/)).toBeInTheDocument()
  expect(screen.getByText('This version cannot be played now')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Close episode 1' }))
  expect(screen.queryByText('This version cannot be played now')).not.toBeInTheDocument()
})
