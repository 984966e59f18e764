/** Addresses, passwords and sessions of an account, by django-allauth's headless browser API. */
import { call, expectOk, problemOf } from './allauth'

export interface EmailAddress {
  email: string
  verified: boolean
  primary: boolean
}
export interface UserSession {
  id: number
  user_agent: string
  ip: string
  created_at: number
  is_current: boolean
}

const RESET_KEY = 'X-Password-Reset-Key'
const EMAIL_KEY = 'X-Email-Verification-Key'

/** Sends a mail, to the owner of the account or saying that there is none: the answer is the same. */
export async function requestPasswordReset(email: string): Promise<void> {
  const answer = await call('POST', '/auth/password/request', { email })
  if (answer.status >= 400) throw problemOf(answer)
}

/** Whether the key of a mail is still good; throws what is wrong with it. */
export async function checkResetKey(key: string): Promise<true> {
  const answer = await call('GET', '/auth/password/reset', undefined, { [RESET_KEY]: key })
  if (answer.status >= 400) throw problemOf(answer)
  return true
}

export async function resetPassword(key: string, password: string): Promise<void> {
  const answer = await call('POST', '/auth/password/reset', { key, password })
  // 401: nobody is signed in by it, which is how it should be.
  if (answer.status !== 200 && answer.status !== 401) throw problemOf(answer)
}

/** The address that the key of a mail would confirm. */
export async function emailOfKey(key: string): Promise<string> {
  const answer = await call<{ email: string }>('GET', '/auth/email/verify', undefined, {
    [EMAIL_KEY]: key,
  })
  if (answer.status >= 400 || !answer.data) throw problemOf(answer)
  return answer.data.email
}

/** Confirms it; resolves to whether somebody is signed in now. */
export async function confirmEmail(key: string): Promise<boolean> {
  const answer = await call('POST', '/auth/email/verify', { key })
  if (answer.status !== 200 && answer.status !== 401) throw problemOf(answer)
  return answer.status === 200
}

export async function changePassword(current: string, password: string): Promise<void> {
  await expectOk(
    call('POST', '/account/password/change', {
      current_password: current,
      new_password: password,
    }),
  )
}

export async function listEmails(): Promise<EmailAddress[]> {
  return (await expectOk(call<EmailAddress[]>('GET', '/account/email'))).data ?? []
}

/** Asks for another address; it takes the place of the present one once it is confirmed. */
export async function changeEmail(email: string): Promise<void> {
  await expectOk(call('POST', '/account/email', { email }))
}

/** Sends the mail of an unconfirmed address again; false when the last one is too fresh. */
export async function resendEmail(email: string): Promise<boolean> {
  const answer = await call('PUT', '/account/email', { email })
  if (answer.status === 403) return false
  await expectOk(Promise.resolve(answer))
  return true
}

export async function dropEmail(email: string): Promise<void> {
  await expectOk(call('DELETE', '/account/email', { email }))
}

export async function listSessions(): Promise<UserSession[]> {
  return (await expectOk(call<UserSession[]>('GET', '/auth/sessions'))).data ?? []
}

export async function endSessions(ids: number[]): Promise<void> {
  await expectOk(call('DELETE', '/auth/sessions', { sessions: ids }))
}
