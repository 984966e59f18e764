import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { account, me } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import { SignInForm } from './SignInForm'

const LOGIN = '/_allauth/browser/v1/auth/login'
const SIGN_UP = '/_allauth/browser/v1/auth/signup'
const SECOND_FACTOR = '/_allauth/browser/v1/auth/2fa/authenticate'
const onDone = vi.fn()

beforeEach(() => {
  onDone.mockClear()
  server.on('get', '/api/v1/me', me())
})

function answer(path: string, status: number, body: object = {}): void {
  server.respond('post', path, () => Response.json({ status, ...body }, { status }))
}

async function fillIn(values: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(values))
    await userEvent.type(await screen.findByLabelText(new RegExp(`^${label}`)), text)
}

test('who signs in is welcomed by name', async () => {
  answer(LOGIN, 200)
  renderInApp(<SignInForm mode="in" onDone={onDone} />)
  await fillIn({ Email: 'lan@example.org', Password: 'a long secret' })
  server.on('get', '/api/v1/me', me({ user: account() }))
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(screen.getByText('Welcome, Lan')).toBeInTheDocument()
  expect(server.received('post', LOGIN)[0]?.body).toEqual({
    email: 'lan@example.org',
    password: 'a long secret',
  })
})

test('a wrong password is announced, and the form stays', async () => {
  answer(LOGIN, 400, {
    errors: [{ code: 'email_password_mismatch', message: 'Not this one.' }],
  })
  renderInApp(<SignInForm mode="in" onDone={onDone} />)
  await fillIn({ Email: 'lan@example.org', Password: 'wrong' })
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The email address or the password is wrong; if you have just signed up, open the link in the mail first.',
  )
  expect(screen.getByLabelText('Email')).toHaveValue('lan@example.org')
  expect(onDone).not.toHaveBeenCalled()
})

test('too many tries are told to wait', async () => {
  answer(LOGIN, 429)
  renderInApp(<SignInForm mode="in" onDone={onDone} />)
  await fillIn({ Email: 'lan@example.org', Password: 'wrong' })
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Too many tries')
})

test('an account with a second factor is asked for it', async () => {
  answer(LOGIN, 401, { data: { flows: [{ id: 'mfa_authenticate', is_pending: true }] } })
  answer(SECOND_FACTOR, 200)
  renderInApp(<SignInForm mode="in" onDone={onDone} />)
  await fillIn({ Email: 'lan@example.org', Password: 'a long secret' })
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await userEvent.type(await screen.findByLabelText('Code'), '123 456')
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }))
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(server.received('post', SECOND_FACTOR)[0]?.body).toEqual({ code: '123456' })
})

test('signing up names the field that is wrong, beside it', async () => {
  answer(SIGN_UP, 400, {
    errors: [{ code: 'house_name', param: 'display_name', message: 'It reads like the house.' }],
  })
  renderInApp(<SignInForm mode="up" onDone={onDone} />)
  await fillIn({ Email: 'lan@example.org', Name: 'Huaben', Password: 'a long secret' })
  await userEvent.click(screen.getByRole('button', { name: 'Sign up' }))
  expect(await screen.findByText('It reads like the house.')).toBeInTheDocument()
  expect(screen.getByLabelText(/^Name/)).toBeInvalid()
  expect(server.received('post', SIGN_UP)[0]?.body).toEqual({
    email: 'lan@example.org',
    display_name: 'Huaben',
    password: 'a long secret',
  })
})

test('signing up waits for the mail, and goes on with what was typed', async () => {
  answer(SIGN_UP, 401, { data: { flows: [{ id: 'verify_email', is_pending: true }] } })
  answer(LOGIN, 401, { data: { flows: [{ id: 'verify_email', is_pending: true }] } })
  renderInApp(<SignInForm mode="up" onDone={onDone} />)
  await fillIn({ Email: 'lan@example.org', Name: 'lan', Password: 'a long secret' })
  await userEvent.click(screen.getByRole('button', { name: 'Sign up' }))
  expect(await screen.findByText('A mail is on its way to lan@example.org')).toBeInTheDocument()
  const goOn = screen.getByRole('button', { name: 'I have confirmed it, go on' })
  await userEvent.click(goOn)
  expect(await screen.findByRole('alert')).toHaveTextContent('not confirmed yet')
  answer(LOGIN, 200)
  await userEvent.click(goOn)
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(server.received('post', LOGIN)[1]?.body).toEqual({
    email: 'lan@example.org',
    password: 'a long secret',
  })
})

test('a demo signs in with one tap on an account', async () => {
  answer(LOGIN, 200)
  server.on(
    'get',
    '/api/v1/me',
    me({
      demo: true,
      demo_accounts: [
        {
          handle: 'mo',
          display_name: 'Mo',
          email: 'moderator@demo.example',
          password: 'demo',
          role: 'moderator',
        },
      ],
    }),
  )
  renderInApp(<SignInForm mode="in" onDone={onDone} />)
  await userEvent.click(await screen.findByRole('button', { name: /Moderator/ }))
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(server.received('post', LOGIN)[0]?.body).toMatchObject({ email: 'moderator@demo.example' })
})
