import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { PersonRecord } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { NameRemoval } from './NameRemoval'

const person = {
  id: 'p1',
  handle: 'guest-1a2b',
  display_name: 'A bad name',
  has_display_name: true,
  removed_names: [],
} as unknown as PersonRecord
const removed = { name: 'A bad name', reason: 'Abuse', by: 'lan', at: '2026-03-02T08:00:00Z' }

test('a name is taken away with a reason, and what was taken is shown', async () => {
  const answer = { ...person, has_display_name: false, removed_names: [removed] }
  server.respond('post', '/api/v1/people/{user_id}/name/remove', () => Response.json(answer))
  const onDone = vi.fn()
  renderInConsole(<NameRemoval person={person} onDone={onDone} />)
  await userEvent.click(await screen.findByRole('button', { name: /A bad name/ }))
  const send = screen.getByRole('button', { name: 'Take it away' })
  expect(send).toBeDisabled()
  await userEvent.type(screen.getByRole('textbox'), 'Abuse')
  await userEvent.click(send)
  await waitFor(() => expect(onDone).toHaveBeenCalledWith(answer))
  expect(server.received('post', '/api/v1/people/p1/name/remove')[0]?.body).toEqual({
    reason: 'Abuse',
  })
})

test('who has no name has none to take', async () => {
  const without = { ...person, has_display_name: false, removed_names: [removed] } as PersonRecord
  renderInConsole(<NameRemoval person={without} onDone={vi.fn()} />)
  expect(await screen.findByText(/Abuse/)).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
