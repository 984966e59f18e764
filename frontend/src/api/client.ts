/** The one way to the platform: JSON in, JSON out, problems thrown, CSRF and language set. */
import { acceptLanguage } from '../i18n/language'
import { problemOf, unreachable } from './problem'

const BASE = '/api/v1'

export function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(globalThis.document?.cookie ?? '')?.[1] ?? ''
}

type Query = Record<string, string | number | boolean | null | undefined>

export interface RequestOptions {
  query?: Query
  body?: unknown
  signal?: AbortSignal
  headers?: Record<string, string>
}

/** Asks people to sign in; true when they did. The app sets it, so that the client knows nothing of sheets. */
let askToSignIn: (() => Promise<boolean>) | null = null
export function onSignInNeeded(ask: () => Promise<boolean>): void {
  askToSignIn = ask
}

function pathWith(path: string, query?: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  }
  const tail = search.toString()
  return `${BASE}${path}${tail ? `?${tail}` : ''}`
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': acceptLanguage(),
    ...options.headers,
  }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['X-CSRFToken'] = csrfToken()
  try {
    return await fetch(pathWith(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

/**
 * One request. Throws a Problem for every refusal. Where the session has run out, people are asked to
 * sign in, and the request goes on from there: nothing that they did is lost.
 */
export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  let response = await send(method, path, options)
  if (response.status === 401 && askToSignIn && (await askToSignIn())) {
    response = await send(method, path, options)
  }
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204 || response.headers.get('Content-Length') === '0')
    return undefined as T
  return (await response.json()) as T
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
    request<T>('POST', path, { body: body ?? {}, headers }),
  put: <T = void>(path: string, body?: unknown) => request<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: <T = void>(path: string) => request<T>('DELETE', path),
}
