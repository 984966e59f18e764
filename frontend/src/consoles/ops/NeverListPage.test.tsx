import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { NeverPhrase } from '../../api/types'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { NeverListPage } from './NeverListPage'

const phrase: NeverPhrase = {
  id: 'n1',
  phrase: 'purple yam',
  category: 'insult',
  category_name: words('Insults'),
  language: 'en',
  form: 'word',
  exceptions: [],
  quotable: false,
  effective: null,
  until: null,
  shipped: true,
  retired: false,
  changed_by: null,
  changed_at: null,
  reason: '',
}

beforeEach(() => {
  server.on('get', '/api/v1/never-list', { results: [phrase], next_cursor: null })
  server.on('get', '/api/v1/never-list/changes', { results: [], next_cursor: null })
  server.on('get', '/api/v1/never-list/summary', {
    version: '2026-11-30.2',
    entry_count: 1961,
    categories: [{ code: 'insult', name: words('Insults') }],
  })
})

test('a phrase is retired with a reason', async () => {
  server.on('post', '/api/v1/never-list/{phrase_id}/retire', { ...phrase, retired: true })
  renderInConsole(<NeverListPage />)
  await screen.findByText('version 2026-11-30.2 · 1961 entries')
  await userEvent.click(await screen.findByRole('button', { name: 'Retire' }))
  const send = screen.getByRole('button', { name: 'Retire it' })
  expect(send).toBeDisabled()
  await userEvent.type(screen.getByRole('textbox', { name: /reason/ }), 'Held kind talk')
  await userEvent.click(send)
  expect(await screen.findByText('It is retired')).toBeInTheDocument()
  expect(server.received('post', '/api/v1/never-list/n1/retire')[0]?.body).toEqual({
    reason: 'Held kind talk',
  })
})

test('a phrase that cannot be read is refused at its field, and nothing written is lost', async () => {
  server.refuse('post', '/api/v1/never-list', {
    status: 400,
    title: 'Not valid',
    errors: [{ field: 'phrase', message: 'A part is empty' }],
  })
  renderInConsole(<NeverListPage />)
  await screen.findByText('version 2026-11-30.2 · 1961 entries')
  await userEvent.click(screen.getByRole('button', { name: 'Add a phrase' }))
  const field = screen.getByRole('textbox', { name: 'Phrase' })
  await userEvent.type(field, 'yam| ')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Form' }), 'a pattern')
  await userEvent.type(screen.getByRole('textbox', { name: /reason/ }), 'New abuse')
  await userEvent.click(screen.getByRole('button', { name: 'Add it' }))
  await waitFor(() => expect(field).toHaveAccessibleDescription(/A part is empty/))
  expect(field).toHaveValue('yam| ')
  expect(server.received('post', '/api/v1/never-list')[0]?.body).toMatchObject({
    form: 'pattern',
    reason: 'New abuse',
    effective: null,
    exceptions: [],
  })
})

test('the search asks the server', async () => {
  renderInConsole(<NeverListPage />)
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Find a phrase' }), 'yam')
  await waitFor(() =>
    expect(server.received('get', '/api/v1/never-list').at(-1)?.query.get('q')).toBe('yam'),
  )
})
