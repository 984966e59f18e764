import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Problem, unreachable } from '../api/problem'
import { setLanguage } from '../i18n/language'
import { renderInApp } from '../testing/render'
import { EmptyState } from './EmptyState'
import { ErrorState } from './ErrorState'
import { Spinner } from './Spinner'

test('a spinner tells screen readers that something is on its way', async () => {
  renderInApp(<Spinner label="Reading the books" />)
  const label = await screen.findByText('Reading the books')
  expect(label.parentElement).toHaveAttribute('role', 'status')
})

test('a small spinner keeps its word for screen readers', async () => {
  renderInApp(<Spinner small label="Reading" />)
  expect(await screen.findByText('Reading')).toHaveClass('unseen')
})

test('an empty state has a heading of the level its page needs, and what to do next', async () => {
  renderInApp(
    <EmptyState level={2} title="Nothing yet" actions={<button type="button">Write</button>}>
      <p>Be the first.</p>
    </EmptyState>,
  )
  expect(await screen.findByRole('heading', { level: 2, name: 'Nothing yet' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Write' })).toBeInTheDocument()
  expect(screen.getByText('Be the first.')).toBeInTheDocument()
})

test("an error is announced with the server's words and its reference", async () => {
  const problem = new Problem(409, 'taken', 'The name is taken', 'Choose another.', [], 'req-7')
  renderInApp(<ErrorState error={problem} />)
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The name is taken')
  expect(alert).toHaveTextContent('Choose another.')
  expect(alert).toHaveTextContent('req-7')
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('an error can be tried again', async () => {
  const retry = vi.fn()
  renderInApp(<ErrorState error={unreachable()} onRetry={retry} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(retry).toHaveBeenCalledOnce()
})

test('what is no problem document is still said in its own words', async () => {
  renderInApp(<ErrorState error={new Error('chunk failed')} />)
  expect(await screen.findByRole('alert')).toHaveTextContent('chunk failed')
})

test('states speak Chinese to who reads Chinese', async () => {
  setLanguage('zh')
  renderInApp(<ErrorState error={unreachable()} onRetry={() => {}} />)
  expect(await screen.findByRole('alert')).toHaveTextContent('连不上茶馆')
})
