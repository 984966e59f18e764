import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Problem } from '../api/problem'
import type { SeriesDetail } from '../api/types'
import { episode, series } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { NoticeForm } from './NoticeForm'

const detail = { ...series(), episodes: [episode()] } as unknown as SeriesDetail

test('a notice is sent with everything that was written', async () => {
  const onSubmit = vi.fn()
  renderInApp(<NoticeForm series={detail} error={null} isSubmitting={false} onSubmit={onSubmit} />)
  await screen.findByRole('checkbox')
  for (const field of screen.getAllByRole('textbox')) {
    const value = field.getAttribute('type') === 'email' ? 'a@b.example' : 'https://a.example'
    await userEvent.click(field)
    await userEvent.paste(value)
  }
  await userEvent.click(screen.getByRole('radio', { name: /A knock at night/ }))
  await userEvent.click(screen.getByRole('checkbox'))
  await userEvent.click(screen.getByRole('button'))
  expect(onSubmit).toHaveBeenCalledWith(
    expect.objectContaining({
      series_id: 'series-1',
      episode_id: 'episode-1',
      email: 'a@b.example',
      proofs: ['https://a.example'],
      good_faith: true,
    }),
  )
})

test('a refusal stands at its field, and what was typed stays', async () => {
  const error = new Problem(400, 'invalid', 'Not valid', '', [
    { field: 'email', message: 'No such address' },
  ])
  renderInApp(<NoticeForm series={detail} error={error} isSubmitting={false} onSubmit={vi.fn()} />)
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('No such address')
})
