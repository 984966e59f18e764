import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { FeedPreferences } from '../api/types'
import { account, me, words } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { SettingsPage } from './SettingsPage'

const PREFERENCES = '/api/v1/feed/preferences'
let preferences: FeedPreferences

beforeEach(() => {
  preferences = {
    personalised: true,
    recommendations: true,
    tastes: [{ slug: 'ghost', name: words('Ghost stories'), weight: 0.8 }],
    muted_genres: [],
  }
  server.on('get', '/api/v1/me', me({ user: account() }))
  server.on('get', '/api/v1/genres', [
    { slug: 'ghost', name: words('Ghost stories') },
    { slug: 'court', name: words('Court cases') },
  ])
  server.on('get', PREFERENCES, () => preferences)
  server.on('patch', PREFERENCES, ({ body }) => {
    preferences = { ...preferences, ...(body as Partial<FeedPreferences>) }
    return preferences
  })
})

test('the name that others see is changed and the change is confirmed', async () => {
  server.on('patch', '/api/v1/me', me({ user: account({ display_name: 'Lan Yi' }) }))
  renderInApp(<SettingsPage />)
  const field = await screen.findByLabelText('Name shown to others')
  expect(field).toHaveValue('Lan')
  await userEvent.clear(field)
  await userEvent.type(field, ' Lan Yi ')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Saved')).toBeInTheDocument()
  expect(server.received('patch', '/api/v1/me')[0]?.body).toEqual({ display_name: 'Lan Yi' })
})

test('a name that is refused says why, beside the field', async () => {
  server.refuse('patch', '/api/v1/me', { status: 400, title: 'Not like this', detail: 'Taken' })
  renderInApp(<SettingsPage />)
  await screen.findByLabelText('Name shown to others')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Not like this: Taken')).toBeInTheDocument()
  expect(screen.getByLabelText('Name shown to others')).toBeInvalid()
})

test('without recommendation there is none by tastes', async () => {
  renderInApp(<SettingsPage />)
  const recommend = await screen.findByRole('switch', { name: 'Recommend to me' })
  expect(recommend).toBeChecked()
  await userEvent.click(recommend)
  expect(recommend).not.toBeChecked()
  const personal = screen.getByRole('switch', { name: 'By my tastes' })
  expect(personal).not.toBeChecked()
  expect(personal).toBeDisabled()
})

test('a switch goes back when the change is refused', async () => {
  server.refuse('patch', PREFERENCES, { status: 503, title: 'Not now' })
  renderInApp(<SettingsPage />)
  const personal = await screen.findByRole('switch', { name: 'By my tastes' })
  await userEvent.click(personal)
  expect(await screen.findByText('Not now')).toBeInTheDocument()
  expect(personal).toBeChecked()
})

test('a genre is muted and let in again', async () => {
  renderInApp(<SettingsPage />)
  const genre = await screen.findByRole('button', { name: 'Court cases' })
  await userEvent.click(genre)
  await waitFor(() => expect(genre).toHaveAttribute('aria-pressed', 'true'))
  await userEvent.click(genre)
  await waitFor(() => expect(preferences.muted_genres).toEqual([]))
})

test('a taste on record is deleted', async () => {
  server.respond('delete', `${PREFERENCES}/tastes/{slug}`, () => {
    preferences = { ...preferences, tastes: [] }
    return new Response(null, { status: 204 })
  })
  renderInApp(<SettingsPage />)
  await userEvent.click(
    await screen.findByRole('button', { name: 'Delete the taste “Ghost stories”' }),
  )
  expect(await screen.findByText('Nothing on record yet.')).toBeInTheDocument()
})

test('another language is spoken at once and remembered by the account', async () => {
  server.on('patch', '/api/v1/me', me({ user: account({ language: 'zh' }) }))
  renderInApp(<SettingsPage />)
  await userEvent.click(await screen.findByRole('button', { name: '简体中文' }))
  expect(screen.getByRole('heading', { level: 1, name: '设置与口味' })).toBeInTheDocument()
  await waitFor(() =>
    expect(server.received('patch', '/api/v1/me')[0]?.body).toEqual({ language: 'zh' }),
  )
})

test('deleting the history is asked about first', async () => {
  server.respond('delete', '/api/v1/history', () => new Response(null, { status: 204 }))
  renderInApp(<SettingsPage />)
  await userEvent.click(await screen.findByRole('button', { name: 'Delete all' }))
  const question = screen.getByRole('alertdialog')
  expect(server.received('delete', '/api/v1/history')).toHaveLength(0)
  await userEvent.click(within(question).getByRole('button', { name: 'Delete' }))
  expect(await screen.findByText('Your watch history is deleted')).toBeInTheDocument()
})

test('preferences that cannot be read can be asked for again', async () => {
  server.refuse('get', PREFERENCES, { status: 503, title: 'The house is busy' })
  renderInApp(<SettingsPage />)
  expect(await screen.findByRole('alert')).toHaveTextContent('The house is busy')
  server.on('get', PREFERENCES, preferences)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('switch', { name: 'Recommend to me' })).toBeInTheDocument()
})
