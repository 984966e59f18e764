import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { account, me } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { server } from '../testing/setup'
import SignInSheet from './SignInSheet'
import { askToSignIn } from './signInPrompt'

const SIGN_UP = '/_allauth/browser/v1/auth/signup'

test('whoever has no account signs up in the sheet, and what was asked for goes on', async () => {
  server.on('get', '/api/v1/me', me())
  server.respond('post', SIGN_UP, () => {
    server.on('get', '/api/v1/me', me({ user: account() }))
    return Response.json({ status: 200 })
  })
  const asked = askToSignIn()
  renderInApp(<SignInSheet />)
  await userEvent.click(await screen.findByRole('button', { name: 'Sign up' }))
  await userEvent.type(screen.getByLabelText('Email'), 'lan@example.org')
  await userEvent.type(screen.getByLabelText(/^Name/), 'lan')
  await userEvent.type(screen.getByLabelText('Password'), 'a long secret')
  const [submit] = screen.getAllByRole('button', { name: 'Sign up' })
  await userEvent.click(submit as HTMLElement)
  await waitFor(() => expect(server.received('post', SIGN_UP)).toHaveLength(1))
  await expect(asked).resolves.toBe(true)
})
