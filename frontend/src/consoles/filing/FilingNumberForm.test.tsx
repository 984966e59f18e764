import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Filing } from '../../api/types'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { FilingNumberForm } from './FilingNumberForm'

const NUMBER = '/api/v1/filing/filings/{series_id}/number'
const tiers = [
  { tier: 'key', name: words('Key works'), example: 'K-001', pattern_certainty: 'H' },
  { tier: 'ordinary', name: words('Ordinary works'), example: 'O-001', pattern_certainty: 'L' },
]
const filing = {
  series: { id: 'series-1' },
  rule: { effective: '2026-01-01', tiers, special_themes: ['history'] },
} as unknown as Filing

test('a refusal stands at its field, and the corrected number is saved', async () => {
  server.on('get', '/api/v1/filing/rules', [])
  server.refuse('post', NUMBER, {
    status: 400,
    title: 'Not valid',
    errors: [{ field: 'number', message: 'Not of this form' }],
  })
  const onSaved = vi.fn()
  renderInConsole(<FilingNumberForm filing={filing} onSaved={onSaved} onCancel={vi.fn()} />)
  const tier = await screen.findByRole('combobox', { name: 'Tier' })
  expect(screen.getByText('Like O-001 · this form is not verified')).toBeInTheDocument()
  await userEvent.selectOptions(tier, 'Key works')
  expect(screen.getByText('Like K-001')).toBeInTheDocument()

  const number = screen.getByRole('textbox', { name: 'Number' })
  await userEvent.type(number, 'K-1')
  await userEvent.type(screen.getByRole('textbox', { name: 'Budget (yuan)' }), '1234.5')
  const save = screen.getByRole('button', { name: 'Give the number and put it in force' })
  await userEvent.click(save)
  await waitFor(() => expect(number).toHaveAccessibleDescription(/Not of this form/))
  expect(number).toHaveValue('K-1')
  expect(onSaved).not.toHaveBeenCalled()

  server.respond('post', NUMBER, () => Response.json(filing))
  await userEvent.type(number, '23')
  await userEvent.click(save)
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith(filing))
  expect(server.received('post', '/api/v1/filing/filings/series-1/number').at(-1)?.body).toEqual(
    expect.objectContaining({
      number: 'K-123',
      tier: 'key',
      budget_fen: 123_450,
      in_force_from: null,
      expires_on: null,
    }),
  )
})
