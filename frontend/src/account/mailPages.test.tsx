import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { me } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { ConfirmEmailPage } from './ConfirmEmailPage'
import { NewPasswordPage } from './NewPasswordPage'
import { PasswordResetPage } from './PasswordResetPage'

const AUTH = '/_allauth/browser/v1'
const RESET = `${AUTH}/auth/password/reset`
const VERIFY = `${AUTH}/auth/email/verify`

function answer(method: string, path: string, status: number, body: object = {}): void {
  server.respond(method, path, () => Response.json({ status, ...body }, { status }))
}

beforeEach(() => server.on('get', '/api/v1/me', me({ demo: true })))

test('whoever forgot the password is told of the mail, and in the demo where it is', async () => {
  answer('post', `${AUTH}/auth/password/request`, 200)
  renderInApp(<PasswordResetPage />)
  await userEvent.type(await screen.findByLabelText('Email address'), 'lan@example.org')
  await userEvent.click(screen.getByRole('button', { name: 'Send me the link' }))
  expect(await screen.findByText(/whether or not an account/)).toBeInTheDocument()
  expect(await screen.findByRole('link', { name: 'read it in the mail viewer' })).toHaveAttribute(
    'href',
    '/demo/mails',
  )
})

test('the link of a reset sets a password; 401 is how allauth says that it did', async () => {
  answer('get', RESET, 200)
  answer('post', RESET, 401, { data: { flows: [] } })
  renderInApp(<NewPasswordPage />, '/password/reset/key/abc-def', '/password/reset/key/$key')
  await userEvent.type(await screen.findByLabelText('New password'), 'boat under the moon')
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }))
  expect(await screen.findByText(/The new password is set/)).toBeInTheDocument()
  expect(server.received('get', RESET)[0]?.headers.get('X-Password-Reset-Key')).toBe('abc-def')
  expect(server.received('post', RESET)[0]?.body).toEqual({
    key: 'abc-def',
    password: 'boat under the moon',
  })
})

test('a link that was used says so and offers a new mail', async () => {
  answer('get', RESET, 400, {
    errors: [{ code: 'invalid_password_reset', param: 'key', message: 'Invalid.' }],
  })
  renderInApp(<NewPasswordPage />, '/password/reset/key/abc', '/password/reset/key/$key')
  expect(await screen.findByRole('alert')).toHaveTextContent('does not work any more')
  expect(screen.getByRole('link', { name: 'Ask for a new mail' })).toHaveAttribute(
    'href',
    '/password/reset',
  )
})

test('an address is confirmed by a tap and not by opening the page', async () => {
  answer('get', VERIFY, 200, { data: { email: 'lan@example.org' } })
  answer('post', VERIFY, 200)
  renderInApp(<ConfirmEmailPage />, '/email/confirm/Mg:x', '/email/confirm/$key')
  expect(await screen.findByText('Is lan@example.org your address?')).toBeInTheDocument()
  expect(server.received('post', VERIFY)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'It is mine, confirm it' }))
  expect(await screen.findByText(/you are signed in/)).toBeInTheDocument()
  expect(server.received('post', VERIFY)[0]?.body).toEqual({ key: 'Mg:x' })
})
