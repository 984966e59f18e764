import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInConsole } from '../../../testing/renderInConsole'
import { server } from '../../../testing/setup'
import { DeclarationForm } from './DeclarationForm'
import { UploadProgress } from './UploadProgress'

const CUTS = '/api/v1/episodes/{episode_id}/cuts'

test('a film is handed in only with a declaration, and a retry makes no second Cut', async () => {
  server.refuse('post', CUTS, { status: 503, title: 'Try again later' })
  const onDone = vi.fn()
  renderInConsole(
    <DeclarationForm
      episodeId="episode-1"
      seriesId="series-1"
      uploadId="upload-1"
      filename="fox.mp4"
      onDone={onDone}
      onDiscard={vi.fn()}
    />,
  )
  const submit = await screen.findByRole('button', { name: 'Hand it in' })
  await userEvent.click(submit)
  expect(screen.getByText('Please choose one')).toBeInTheDocument()
  expect(server.requests).toHaveLength(0)

  await userEvent.click(screen.getByRole('radio', { name: 'I do not know' }))
  await userEvent.click(submit)
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again later')
  server.respond('post', CUTS, () => Response.json({}, { status: 201 }))
  await userEvent.click(submit)
  await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1))
  const sent = server.received('post', '/api/v1/episodes/episode-1/cuts')
  expect(sent[1]?.body).toEqual({ upload_id: 'upload-1', ai_declaration: 'unknown' })
  expect(sent[1]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'))
})

test('an upload shows how much was sent, and can be paused, resumed and given up', async () => {
  const actions = { onPause: vi.fn(), onResume: vi.fn(), onDiscard: vi.fn() }
  const file = { filename: 'fox.mp4', sent: 1024 ** 2, total: 4 * 1024 ** 2 }
  renderInConsole(
    <>
      <UploadProgress phase="sending" {...file} {...actions} />
      <UploadProgress phase="paused" {...file} {...actions} />
      <UploadProgress phase="checking" {...file} {...actions} />
    </>,
  )
  const progress = await screen.findAllByRole('progressbar', { name: 'Upload a film' })
  expect(progress[0]).toHaveAttribute('aria-valuenow', '25')
  expect(screen.getByText('Uploading fox.mp4')).toBeInTheDocument()
  expect(screen.getByText('Paused')).toBeInTheDocument()
  expect(screen.getByText('All sent; the film is being examined')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
  expect(actions.onPause).toHaveBeenCalledTimes(1)
  expect(actions.onResume).toHaveBeenCalledTimes(1)
  // While the server checks the file there is nothing to give up.
  expect(screen.getAllByRole('button', { name: 'Give it up' })).toHaveLength(2)
})
