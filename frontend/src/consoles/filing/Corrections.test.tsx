import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Filing } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { CorrectionForm } from './CorrectionForm'
import { Corrections } from './Corrections'

const correction = {
  id: 'correction-1',
  state: 'proposed',
  changes: [{ name: 'number', before: 'O-001', after: 'O-010' }],
  reason: 'A digit was missed',
  proposed_by: 'Lan',
  proposed_at: '2026-03-02T08:00:00Z',
  decided_by: null,
  decided_at: null,
  may_confirm: true,
}
const filing = (over: object = {}) =>
  ({
    series: { id: 'series-1' },
    number: 'O-001',
    tier: 'ordinary',
    issued_on: '2026-03-01',
    authority: '',
    special_theme: '',
    budget_fen: null,
    may_file: true,
    rule: { special_themes: [] },
    corrections: [{ ...correction, ...over }],
  }) as unknown as Filing

test('a second person sees old beside new and confirms', async () => {
  server.respond('post', '/api/v1/filing/corrections/{correction_id}/confirm', () =>
    Response.json(filing()),
  )
  const onDecided = vi.fn()
  renderInConsole(<Corrections filing={filing()} onDecided={onDecided} />)
  expect(await screen.findByText('O-001')).toBeInTheDocument()
  expect(screen.getByText('O-010')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'It is right: correct it' }))
  await waitFor(() => expect(onDecided).toHaveBeenCalled())
})

test('who proposed it can withdraw it and not confirm it', async () => {
  renderInConsole(<Corrections filing={filing({ may_confirm: false })} onDecided={vi.fn()} />)
  expect(await screen.findByText('Another filing admin must confirm it.')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Withdraw it' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /correct it/ })).not.toBeInTheDocument()
})

test('a correction begins as the register has it, and a refusal stands at its field', async () => {
  server.refuse('post', '/api/v1/filing/filings/{series_id}/corrections', {
    status: 400,
    title: 'Not valid',
    errors: [{ field: 'number', message: 'The number says 2025' }],
  })
  renderInConsole(<CorrectionForm filing={filing()} onSaved={vi.fn()} onCancel={vi.fn()} />)
  const number = await screen.findByRole('textbox', { name: 'Number' })
  expect(number).toHaveValue('O-001')
  await userEvent.clear(number)
  await userEvent.type(number, 'O-2025')
  await userEvent.type(screen.getByRole('textbox', { name: 'What was wrong' }), 'A digit')
  await userEvent.click(screen.getByRole('button', { name: 'Propose the correction' }))
  await waitFor(() => expect(number).toHaveAccessibleDescription(/The number says 2025/))
  expect(screen.getByRole('textbox', { name: 'What was wrong' })).toHaveValue('A digit')
})
