import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Job } from '../../api/types'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { OpsHome } from './OpsHome'

const job = (over: Partial<Job>): Job => ({
  id: 'job-1',
  kind: 'feed.train_model',
  state: 'running',
  progress: null,
  attempts: 1,
  error: null,
  created_at: new Date().toISOString(),
  finished_at: null,
  ...over,
})

beforeEach(() => {
  server.respond('get', '/readyz', () => Response.json({ database: 'ok', redis: 'down' }))
  server.on('get', '/api/v1/jobs', { results: [job({})], next_cursor: null })
})

test('the health of each service is told', async () => {
  renderInConsole(<OpsHome />)
  const health = await screen.findByRole('region', { name: 'Health' })
  expect(await within(health).findByRole('status')).toHaveTextContent(
    'Something does not answer · database ok · redis down',
  )
})

test('a running job is cancelled by its name', async () => {
  server.respond('post', '/api/v1/jobs/{job_id}/cancel', () => {
    server.on('get', '/api/v1/jobs', { results: [job({ state: 'cancelled' })], next_cursor: null })
    return Response.json(job({ state: 'cancelled' }))
  })
  renderInConsole(<OpsHome />)
  const cancel = await screen.findByRole('button', { name: 'Cancel feed.train_model' })
  await userEvent.click(cancel)
  await screen.findByRole('cell', { name: /cancelled/i })
  expect(cancel).not.toBeInTheDocument()
  expect(server.received('post', '/api/v1/jobs/job-1/cancel')).toHaveLength(1)
})

test('the filter asks for the jobs of one state, with why they failed', async () => {
  renderInConsole(<OpsHome />)
  await screen.findByRole('button', { name: 'Cancel feed.train_model' })
  const error = { code: 'x', title: words('No disk left'), detail: null }
  const failed = job({ id: 'job-2', state: 'failed', error: error as Job['error'] })
  server.on('get', '/api/v1/jobs', { results: [failed], next_cursor: null })
  await userEvent.click(screen.getByRole('button', { name: 'Failed' }))
  await screen.findByRole('cell', { name: /No disk left/ })
  expect(server.received('get', '/api/v1/jobs').at(-1)?.query.get('state')).toBe('failed')
})

test('training can be begun', async () => {
  server.respond('post', '/api/v1/ops/train', () => Response.json(job({}), { status: 202 }))
  renderInConsole(<OpsHome />)
  await userEvent.click(await screen.findByRole('button', { name: 'Train now' }))
  await screen.findByText('Training has begun')
  expect(server.received('post', '/api/v1/ops/train')).toHaveLength(1)
})
