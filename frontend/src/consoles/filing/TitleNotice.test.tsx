import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Filing } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { TitleNotice } from './FilingPage'

const filing = {
  series: { id: 'series-1', title: 'The Moon Lantern' },
  filed_title: 'The Fox Lantern',
  retitled: true,
  may_file: true,
} as Filing

test('the filed title stands beside the present one until it is confirmed', async () => {
  server.respond('post', '/api/v1/filing/filings/{series_id}/confirm-title', () =>
    Response.json({ ...filing, retitled: false }),
  )
  const onConfirmed = vi.fn()
  renderInConsole(<TitleNotice filing={filing} onConfirmed={onConfirmed} />)
  expect(await screen.findByText('The Fox Lantern')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /Confirm the present title/ }))
  await waitFor(() => expect(onConfirmed).toHaveBeenCalled())
  expect(server.received('post', '/api/v1/filing/filings/series-1/confirm-title')[0]?.body).toEqual(
    {
      title: 'The Moon Lantern',
    },
  )
})

test("a number of one's own series is confirmed by others", async () => {
  renderInConsole(<TitleNotice filing={{ ...filing, may_file: false }} onConfirmed={vi.fn()} />)
  expect(await screen.findByText('The Fox Lantern')).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
