import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { words } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { CommentForm } from './CommentForm'
import { ReportForm } from './ReportForm'

const COMMENTS = '/api/v1/episodes/{episode_id}/comments'

function show(episodeId: string, onPosted = vi.fn()) {
  renderInApp(
    <CommentForm
      episodeId={episodeId}
      replyingTo={null}
      onReplyEnded={() => {}}
      onPosted={onPosted}
    />,
  )
  return onPosted
}

test('a comment that could not be sent stays in the field and keeps its id', async () => {
  server.refuse('post', COMMENTS, { status: 503, title: 'Try again later', detail: '' })
  const onPosted = show('episode-1')
  const field = await screen.findByRole('textbox')
  await userEvent.type(field, 'A fine fox')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again later')
  expect(field).toHaveValue('A fine fox')

  server.respond('post', COMMENTS, () => Response.json({}, { status: 201 }))
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  await waitFor(() => expect(onPosted).toHaveBeenCalledTimes(1))
  expect(field).toHaveValue('')
  const ids = server
    .received('post', '/api/v1/episodes/episode-1/comments')
    .map((request) => (request.body as { id: string }).id)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('an empty comment and one that is too long cannot be sent', async () => {
  show('episode-2')
  const send = await screen.findByRole('button', { name: 'Send' })
  expect(send).toBeDisabled()
  await userEvent.click(screen.getByRole('textbox'))
  await userEvent.paste('x'.repeat(301))
  expect(send).toBeDisabled()
})

test('a report is sent with its reason, and a refused one stays open', async () => {
  server.on('get', '/api/v1/speech/reasons', [{ code: 'abuse', text: words('Abuse') }])
  server.refuse('post', '/api/v1/speech/{speech_id}/report', { status: 429, title: 'Too often' })
  const onClose = vi.fn()
  renderInApp(<ReportForm id="speech-1" onClose={onClose} />)
  await screen.findByRole('option', { name: 'Abuse' })
  await userEvent.type(screen.getByRole('textbox'), 'rude')
  await userEvent.click(screen.getAllByRole('button')[0] as HTMLElement)
  expect(await screen.findByRole('alert')).toHaveTextContent('Too often')
  expect(onClose).not.toHaveBeenCalled()
  server.respond(
    'post',
    '/api/v1/speech/{speech_id}/report',
    () => new Response(null, { status: 204 }),
  )
  await userEvent.click(screen.getAllByRole('button')[0] as HTMLElement)
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(server.received('post', '/api/v1/speech/speech-1/report').at(-1)?.body).toEqual({
    reason: 'abuse',
    note: 'rude',
  })
})
