import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { StudioSeries, WordsVersion } from '../../../api/types'
import { words as both, series as card } from '../../../testing/fixtures'
import { renderInConsole } from '../../../testing/renderInConsole'
import { server } from '../../../testing/setup'
import { GraphEditor } from './GraphEditor'
import { EditSeries } from './SeriesForm'
import { WaitingWords } from './WaitingWords'

const version = (over: Partial<WordsVersion> = {}): WordsVersion => ({
  id: 'words-1',
  series_id: 'series-1',
  kind: 'series',
  object_id: 'series-1',
  changes: [
    { field: 'title', before: 'The Fox Lantern', after: 'The Moon Lantern' },
    { field: 'synopsis', before: 'A debt.', after: 'A debt.' },
  ],
  state: 'waiting',
  reason: both('The title is a filed one'),
  created_at: '2026-11-01T10:00:00Z',
  settled_at: null,
  ...over,
})

const studioSeries = (...versions: WordsVersion[]) =>
  ({
    ...card({ synopsis: 'A debt.' }),
    created_at: '2026-11-01T10:00:00Z',
    episodes: [
      { id: 'e1', number: 1, title: 'A knock', cuts: [] },
      { id: 'e2', number: 2, title: 'The door', cuts: [] },
    ],
    choices: [
      {
        id: 'choice-1',
        from_episode_id: 'e1',
        to_episode_id: 'e2',
        text: 'Open',
        seal: 'O',
        condition: null,
        effects: [],
      },
    ],
    words: versions,
  }) as StudioSeries

test('what waits stands beside what is on stage, with its reason, and can be taken back', async () => {
  server.respond('post', '/api/v1/studio/words/{revision_id}/withdraw', () =>
    Response.json(version({ state: 'withdrawn' })),
  )
  renderInConsole(<WaitingWords series={studioSeries(version())} objectId="series-1" />)
  const notice = await screen.findByRole('region', { name: 'Title and synopsis' })
  expect(notice).toHaveTextContent('New words wait for a moderator · The title is a filed one')
  expect(notice).toHaveTextContent('The Fox Lantern')
  expect(notice).toHaveTextContent('The Moon Lantern')
  expect(within(notice).queryByText('A debt.')).not.toBeInTheDocument()
  await userEvent.click(within(notice).getByRole('button', { name: 'Take the new words back' }))
  await waitFor(() =>
    expect(server.received('post', '/api/v1/studio/words/words-1/withdraw')).toHaveLength(1),
  )
})

test('what was refused says why and cannot be taken back', async () => {
  const refused = version({ state: 'refused', reason: both('Not fit') })
  renderInConsole(<WaitingWords series={studioSeries(refused)} objectId="series-1" />)
  expect(await screen.findByText('New words were refused')).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('a form starts from what waits, so that saving it takes nothing back', async () => {
  server.on('get', '/api/v1/genres', [])
  renderInConsole(<EditSeries series={studioSeries(version())} onSaved={() => {}} />)
  expect(await screen.findByRole('textbox', { name: 'Title' })).toHaveValue('The Moon Lantern')
})

test('after a refusal a form starts from what is on stage', async () => {
  server.on('get', '/api/v1/genres', [])
  const refused = studioSeries(version({ state: 'refused' }))
  renderInConsole(<EditSeries series={refused} onSaved={() => {}} />)
  expect(await screen.findByRole('textbox', { name: 'Title' })).toHaveValue('The Fox Lantern')
})

test('a choice shows the words that wait in its row', async () => {
  const waiting = version({
    kind: 'choice',
    object_id: 'choice-1',
    changes: [
      { field: 'text', before: 'Open', after: 'Open the gate' },
      { field: 'seal', before: 'O', after: 'O' },
    ],
  })
  renderInConsole(<GraphEditor series={studioSeries(waiting)} />)
  const row = await screen.findByRole('group', { name: /1/ })
  expect(within(row).getByRole('textbox', { name: 'Words for viewers' })).toHaveValue(
    'Open the gate',
  )
  expect(within(row).getByRole('region', { name: 'Words of a way' })).toHaveTextContent('Open')
})
