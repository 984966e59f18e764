import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { setLanguage } from '../i18n/language'
import { account, me } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { AccountPage } from './AccountPage'

const AUTH = '/_allauth/browser/v1'
const EMAIL = `${AUTH}/account/email`
const SESSIONS = `${AUTH}/auth/sessions`
const own = { email: 'lan@example.org', verified: true, primary: true }
const session = (id: number, over: object = {}) => ({
  id,
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
  ip: '192.0.2.7',
  created_at: 1_790_000_000,
  is_current: false,
  ...over,
})

function answer(method: string, path: string, status: number, body: object = {}): void {
  server.respond(method, path, () => Response.json({ status, ...body }, { status }))
}

beforeEach(() => {
  server.on('get', '/api/v1/me', me({ user: account() }))
  server.on('get', '/api/v1/me/exports', [])
  answer('get', EMAIL, 200, { data: [own] })
  answer('get', `${AUTH}/account/authenticators`, 200, { data: [] })
  answer('get', SESSIONS, 200, { data: [session(1, { is_current: true }), session(2)] })
})

test('another address is asked for after the password, and waits for its mail', async () => {
  let confirmed = false
  server.respond('post', EMAIL, () => {
    if (!confirmed) return Response.json({ status: 401, data: { flows: [] } }, { status: 401 })
    answer('get', EMAIL, 200, {
      data: [own, { email: 'new@example.org', verified: false, primary: false }],
    })
    return Response.json({ status: 200 })
  })
  server.respond('post', `${AUTH}/auth/reauthenticate`, () => {
    confirmed = true
    return Response.json({ status: 200 })
  })
  renderInApp(<AccountPage />)
  await userEvent.type(await screen.findByLabelText('New email address'), 'new@example.org')
  await userEvent.click(screen.getByRole('button', { name: 'Change address' }))
  const sheet = await screen.findByRole('dialog')
  await userEvent.type(within(sheet).getByLabelText('Password'), 'a long secret')
  await userEvent.click(within(sheet).getByRole('button', { name: 'Confirm' }))
  expect(await screen.findByText('A mail is on its way to new@example.org')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Keep the old one' })).toBeInTheDocument()
})

test('a password that is refused is told in the language of the page', async () => {
  setLanguage('zh')
  answer('post', `${AUTH}/account/password/change`, 400, {
    errors: [
      { code: 'enter_current_password', param: 'current_password', message: 'Type it.' },
      { code: 'password_too_common', param: 'new_password', message: 'Too common.' },
    ],
  })
  renderInApp(<AccountPage />)
  await userEvent.type(await screen.findByLabelText('现在的密码'), 'wrong')
  await userEvent.type(screen.getByLabelText('新密码'), 'password1234')
  await userEvent.click(screen.getByRole('button', { name: '修改密码' }))
  expect(await screen.findByText('现在的密码不对。')).toBeInTheDocument()
  expect(screen.getByText('这个密码太常见，容易被猜到。')).toBeInTheDocument()
  expect(screen.getByLabelText('新密码')).toBeInvalid()
})

test('a device that is not this one is signed out', async () => {
  server.respond('delete', SESSIONS, () => {
    answer('get', SESSIONS, 200, { data: [session(1, { is_current: true })] })
    return Response.json({ status: 200, data: [] })
  })
  renderInApp(<AccountPage />)
  await userEvent.click(await screen.findByRole('button', { name: /^Sign out “Firefox, Linux”/ }))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Sign out “/ })).toBeNull())
  expect(server.received('delete', SESSIONS)[0]?.body).toEqual({ sessions: [2] })
})

test('an export that is made can be downloaded', async () => {
  server.on('get', '/api/v1/me/exports', [
    {
      id: 'export-1',
      job: null,
      size: 40_960,
      created_at: '2026-11-30T04:00:00Z',
      expires_at: '2026-12-07T04:00:00Z',
    },
  ])
  renderInApp(<AccountPage />)
  expect(await screen.findByRole('link', { name: 'Download ZIP' })).toHaveAttribute(
    'href',
    '/api/v1/me/exports/export-1/file',
  )
})

test('deletion says what goes and what stays, asks, and asks for the password', async () => {
  server.refuse('delete', '/api/v1/me/account', { status: 403, code: 'reauthentication_needed' })
  renderInApp(<AccountPage />)
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the account…' }))
  expect(screen.getByText(/under a pseudonym/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Keep it' })).toHaveFocus()
  await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }))
  expect(await screen.findByRole('dialog')).toHaveTextContent('Your password once more')
})
