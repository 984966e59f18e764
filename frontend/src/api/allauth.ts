/** Sessions and second factors, by django-allauth's headless browser API. */
import { acceptLanguage, getLanguage } from '../i18n/language'
import { wordsFor } from './allauthErrors'
import { csrfToken } from './client'
import { Problem, unreachable } from './problem'

const BASE = '/_allauth/browser/v1'

export interface AllauthAnswer<T> {
  status: number
  /** Of a problem document, which is what a lock answers with. */
  title?: string
  data?: T
  meta?: Record<string, unknown>
  errors?: { code: string; param?: string; message: string }[]
}
interface Flows {
  flows: { id: string; is_pending?: boolean; types?: string[] }[]
}

export interface Authenticator {
  type: 'totp' | 'recovery_codes' | 'webauthn'
  id?: number
  name?: string
  created_at: number
  last_used_at: number | null
  is_passwordless?: boolean
}

/** What sign-in still waits for. */
export type SignInStep = 'done' | 'second_factor' | 'verify_email'

export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<AllauthAnswer<T>> {
  let response: Response
  try {
    response = await fetch(BASE + path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'Accept-Language': acceptLanguage(),
        'X-CSRFToken': csrfToken(),
        ...headers,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw unreachable()
  }
  const answer = (await response.json().catch(() => ({}))) as AllauthAnswer<T>
  return { ...answer, status: response.status }
}

const REFUSED = { zh: '没有成功', en: 'That did not work' }
const TOO_MANY = { zh: '试得太多了，请稍后再来。', en: 'Too many tries. Please wait a while.' }

export function problemOf(answer: AllauthAnswer<unknown>): Problem {
  const first = answer.errors?.[0]
  const detail = first
    ? wordsFor(first.code, first.message)
    : answer.status === 429
      ? (answer.title ?? TOO_MANY[getLanguage()])
      : ''
  return new Problem(
    answer.status,
    first?.code ?? (answer.status === 429 ? 'too_many' : 'unknown'),
    REFUSED[getLanguage()],
    detail,
    (answer.errors ?? []).map(({ code, param, message }) => ({
      field: param ?? '',
      message: wordsFor(code, message),
    })),
  )
}

function stepOf(answer: AllauthAnswer<unknown>): SignInStep {
  if (answer.status === 200) return 'done'
  const pending = (answer.data as Flows | undefined)?.flows?.find((flow) => flow.is_pending)
  if (answer.status === 401 && pending?.id === 'mfa_authenticate') return 'second_factor'
  if (answer.status === 401 && pending?.id === 'verify_email') return 'verify_email'
  throw problemOf(answer)
}

export async function signIn(email: string, password: string): Promise<SignInStep> {
  const who = email.includes('@') ? { email } : { username: email }
  return stepOf(await call('POST', '/auth/login', { ...who, password }))
}

export async function signUp(values: {
  email: string
  display_name: string
  password: string
}): Promise<SignInStep> {
  return stepOf(await call('POST', '/auth/signup', values))
}

export async function submitSecondFactor(code: string): Promise<SignInStep> {
  return stepOf(await call('POST', '/auth/2fa/authenticate', { code }))
}

export async function signOut(): Promise<void> {
  // allauth answers 401: there is no session any more, which is what was asked for.
  const answer = await call('DELETE', '/auth/session')
  if (answer.status !== 401 && answer.status !== 200) throw problemOf(answer)
}

/** The server wants to know again that it is really this person. */
export class ReauthenticationNeeded extends Error {}

export async function expectOk<T>(promise: Promise<AllauthAnswer<T>>): Promise<AllauthAnswer<T>> {
  const answer = await promise
  if (answer.status === 401) throw new ReauthenticationNeeded()
  if (answer.status >= 400) throw problemOf(answer)
  return answer
}

export async function reauthenticate(password: string): Promise<void> {
  const answer = await call('POST', '/auth/reauthenticate', { password })
  if (answer.status >= 400) throw problemOf(answer)
}

export async function listAuthenticators(): Promise<Authenticator[]> {
  return (await expectOk(call<Authenticator[]>('GET', '/account/authenticators'))).data ?? []
}

/** A new secret to put into an authenticator app, or null when one is already in force. */
export async function startTotp(): Promise<{ secret: string; url: string } | null> {
  const answer = await call('GET', '/account/authenticators/totp')
  if (answer.status === 200) return null
  if (answer.status === 401) throw new ReauthenticationNeeded()
  if (answer.status !== 404) throw problemOf(answer)
  return { secret: String(answer.meta?.secret ?? ''), url: String(answer.meta?.totp_url ?? '') }
}

export async function confirmTotp(code: string): Promise<void> {
  await expectOk(call('POST', '/account/authenticators/totp', { code }))
}

export async function removeTotp(): Promise<void> {
  await expectOk(call('DELETE', '/account/authenticators/totp'))
}

export async function recoveryCodes(): Promise<string[]> {
  const answer = await expectOk(
    call<{ unused_codes?: string[] }>('GET', '/account/authenticators/recovery-codes'),
  )
  return answer.data?.unused_codes ?? []
}

/** Passkeys need a browser that reads the options' JSON form; all current ones do. */
export function passkeysSupported(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential
  )
}

export async function addPasskey(name: string): Promise<void> {
  const answer = await expectOk(
    call<{ creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON } }>(
      'GET',
      '/account/authenticators/webauthn?passwordless',
    ),
  )
  const options = answer.data?.creation_options.publicKey
  if (!options) throw problemOf(answer)
  const credential = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  })
  await expectOk(
    call('POST', '/account/authenticators/webauthn', {
      name,
      credential: (credential as PublicKeyCredential).toJSON(),
    }),
  )
}

export async function removePasskey(id: number): Promise<void> {
  await expectOk(call('DELETE', '/account/authenticators/webauthn', { authenticators: [id] }))
}

export async function signInWithPasskey(): Promise<SignInStep> {
  const answer = await call<{
    request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON }
  }>('GET', '/auth/webauthn/login')
  const options = answer.data?.request_options.publicKey
  if (!options) throw problemOf(answer)
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  })
  return stepOf(
    await call('POST', '/auth/webauthn/login', {
      credential: (credential as PublicKeyCredential).toJSON(),
    }),
  )
}
