import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { RevisedWords } from '../../api/types'
import { useFakeSockets } from '../../testing/fakeSocket'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { WordsPage } from './WordsPage'

const LIST = '/api/v1/review/words'
const APPROVE = '/api/v1/review/words/{revision_id}/approve'
const REFUSE = '/api/v1/review/words/{revision_id}/refuse'

const revised = (id: string, after: string, over: Partial<RevisedWords> = {}) =>
  ({
    id,
    series_id: 'series',
    kind: 'series',
    object_id: 'series',
    changes: [
      { field: 'title', before: 'The Fox Lantern', after },
      { field: 'synopsis', before: 'A debt.', after: 'A debt.' },
    ],
    state: 'waiting',
    reason: words('The check is not sure'),
    created_at: '2026-11-01T10:00:00Z',
    settled_at: null,
    series: { id: 'series', title: 'The Fox Lantern', synopsis: 'A debt.', language: 'en' },
    episode: null,
    creator: { id: 'creator', handle: 'lan', display_name: 'Lan' },
    filing: { number: 'No. 1', demonstration: false, words: words('Filing no. 1') },
    verdict: 'review',
    findings: [],
    decided_by: null,
    may_decide: true,
    ...over,
  }) as RevisedWords

const list = (...results: RevisedWords[]) => server.on('get', LIST, { results, next_cursor: null })

beforeEach(() => {
  useFakeSockets()
  server.on('get', '/api/v1/review/reasons', [
    { code: 'abuse', text: words('Abuse') },
    { code: 'words', text: words('Words are not fit') },
  ])
})

test('new words stand beside the old; A puts them on stage and the next opens', async () => {
  list(revised('one', 'The Moon Lantern'), revised('two', 'The Sun Lantern'))
  server.respond('post', APPROVE, () =>
    Response.json(revised('one', 'The Moon Lantern', { state: 'cleared' })),
  )
  renderInConsole(<WordsPage />)
  const shown = await screen.findByRole('region', { name: 'Title and synopsis' })
  expect(shown).toHaveTextContent('On stage nowThe Fox Lantern')
  expect(shown).toHaveTextContent('Would becomeThe Moon Lantern')
  expect(shown).toHaveTextContent('Filing no. 1; once it is on stage, the filing desk is told')
  expect(shown).not.toHaveTextContent('A debt.')
  await userEvent.keyboard('a')
  await waitFor(() =>
    expect(server.received('post', '/api/v1/review/words/one/approve')).toHaveLength(1),
  )
  expect(await screen.findByText('Would become')).toBeInTheDocument()
  await waitFor(() =>
    expect(screen.getByRole('region', { name: 'Title and synopsis' })).toHaveTextContent(
      'The Sun Lantern',
    ),
  )
})

test('a refusal by keyboard carries its reason', async () => {
  list(revised('one', 'The Moon Lantern'))
  server.respond('post', REFUSE, () =>
    Response.json(revised('one', 'The Moon Lantern', { state: 'refused' })),
  )
  renderInConsole(<WordsPage />)
  await screen.findByText('Would become')
  await userEvent.keyboard('r')
  expect(await screen.findByRole('radio', { name: /Words are not fit/ })).toBeChecked()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() =>
    expect(server.received('post', '/api/v1/review/words/one/refuse')[0]?.body).toEqual({
      reason: 'words',
      note: '',
    }),
  )
})

test('who made the work decides nothing about it', async () => {
  list(revised('one', 'The Moon Lantern', { may_decide: false }))
  renderInConsole(<WordsPage />)
  expect(await screen.findByText(/others decide about it/)).toBeInTheDocument()
  await userEvent.keyboard('a')
  expect(screen.queryByRole('button', { name: /Put it on stage/ })).not.toBeInTheDocument()
})
