import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { StudioSeries } from '../../../api/types'
import { renderInConsole } from '../../../testing/renderInConsole'
import { server } from '../../../testing/setup'
import { GraphEditor } from './GraphEditor'

const GRAPH = '/api/v1/series/{series_id}/graph'
const series = {
  id: 'series-1',
  language: 'en',
  episodes: [
    { id: 'e1', number: 1, title: 'A knock', cuts: [] },
    { id: 'e2', number: 2, title: 'The door', cuts: [] },
  ],
  choices: [],
  words: [],
} as unknown as StudioSeries

test('a fault is told at its row, and the rows stay as they were typed', async () => {
  server.refuse('put', GRAPH, {
    status: 400,
    title: 'Not a story',
    errors: [{ field: 'text', message: 'Say what is chosen', index: 0 }],
  })
  renderInConsole(<GraphEditor series={series} />)
  await userEvent.click(await screen.findByRole('button', { name: /Add/ }))
  const row = screen.getByRole('group', { name: /1/ })
  const text = within(row).getAllByRole('textbox')[0] as HTMLElement
  await userEvent.type(text, 'Open it')
  await userEvent.click(screen.getByRole('button', { name: /Save/ }))
  expect(await within(row).findByRole('alert')).toHaveTextContent('Say what is chosen')
  expect(text).toHaveValue('Open it')

  server.respond('put', GRAPH, () => Response.json({ choices: [] }))
  await userEvent.click(screen.getByRole('button', { name: /Save/ }))
  await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument())
  expect(server.received('put', '/api/v1/series/series-1/graph').at(-1)?.body).toMatchObject({
    choices: [{ from_episode_id: 'e1', to_episode_id: 'e2', text: 'Open it', condition: null }],
  })
})
