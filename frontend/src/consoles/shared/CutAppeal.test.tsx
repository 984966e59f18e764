import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Cut } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { CutAppeal } from './CutAppeal'

const cut = (over: Partial<Cut>) =>
  ({ id: 'cut', state: 'rejected', appeal: null, may_appeal: true, ...over }) as Cut

test('a refusal is appealed with a reason', async () => {
  server.on('post', '/api/v1/cuts/{cut_id}/appeal', cut({ may_appeal: false }))
  renderInConsole(<CutAppeal cut={cut({})} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Appeal' }))
  const send = screen.getByRole('button', { name: 'Send the appeal' })
  expect(send).toBeDisabled()
  await userEvent.type(screen.getByRole('textbox', { name: 'Why you appeal' }), ' It is silk. ')
  await userEvent.click(send)
  expect(server.received('post', '/api/v1/cuts/cut/appeal')[0]?.body).toEqual({
    reason: 'It is silk.',
  })
})

test('a refused appeal keeps what was written', async () => {
  server.refuse('post', '/api/v1/cuts/{cut_id}/appeal', { status: 409, title: 'Already reviewed' })
  renderInConsole(<CutAppeal cut={cut({})} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Appeal' }))
  await userEvent.type(screen.getByRole('textbox'), 'It is silk.')
  await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }))
  expect(await screen.findByText('Already reviewed')).toBeInTheDocument()
  expect(screen.getByRole('textbox')).toHaveValue('It is silk.')
})

test('what became of an appeal stays on the page', async () => {
  const appeal = {
    state: 'upheld',
    reason: 'It is silk.',
    appealed_at: '2026-03-02T08:00:00Z',
    decided_at: '2026-03-03T08:00:00Z',
  } as const
  renderInConsole(<CutAppeal cut={cut({ appeal, may_appeal: false })} />)
  expect(await screen.findByRole('heading')).toHaveTextContent(
    'Your appeal was reviewed: the decision was upheld · 3 Mar 2026, 16:00',
  )
  expect(screen.getByText('It is silk.')).toBeInTheDocument()
})
