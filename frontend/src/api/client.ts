/**
 * The one way to the platform's API. Paths, parameters, bodies and answers come from the platform's
 * OpenAPI schema (`npm run types`); every refusal is thrown as a `Problem`.
 */
import createFetchClient from 'openapi-fetch'
import createQueryClient from 'openapi-react-query'
import type { PathsWithMethod } from 'openapi-typescript-helpers'
import { acceptLanguage } from '../i18n/language'
import { type Problem, problemOf, unreachable } from './problem'
import type { paths } from './schema'

/** The schema's paths, with the error that `send` throws in place of the documents that refuse. */
type ThrowsProblem<Operation> = Operation extends { responses: infer Responses }
  ? Omit<Operation, 'responses'> & {
      responses: Omit<Responses, 'default'> & {
        default: { content: { 'application/problem+json': Problem } }
      }
    }
  : Operation
type ApiPaths = {
  [Path in keyof paths]: { [Key in keyof paths[Path]]: ThrowsProblem<paths[Path][Key]> }
}

export function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(globalThis.document?.cookie ?? '')?.[1] ?? ''
}

/** Asks people to sign in; resolves to whether they did. Set by `auth/`, which draws the sheet. */
let askToSignIn: (() => Promise<boolean>) | null = null
export function onSignInNeeded(ask: () => Promise<boolean>): void {
  askToSignIn = ask
}

async function attempt(request: Request): Promise<Response> {
  request.headers.set('Accept', 'application/json')
  request.headers.set('Accept-Language', acceptLanguage())
  // Read at each attempt: signing in changes the token.
  if (request.method !== 'GET') request.headers.set('X-CSRFToken', csrfToken())
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

/**
 * Sends one request. Where the session has run out, people are asked to sign in, and the request
 * is sent again. Throws a `Problem` for every refusal and when no answer comes.
 */
async function send(request: Request): Promise<Response> {
  const again = request.clone()
  let response = await attempt(request)
  if (response.status === 401 && askToSignIn && (await askToSignIn())) {
    response = await attempt(again)
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

/** Calls that are no query: `client.POST('/api/v1/…', { params, body })`. */
export const client = createFetchClient<ApiPaths>({
  baseUrl: globalThis.location?.origin,
  credentials: 'same-origin',
  fetch: send,
})

/** React Query over the same client: `api.useQuery('get', '/api/v1/…', { params })`. */
export const api = createQueryClient(client)

/** What a call answered; a refusal has been thrown before. */
export async function answerOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}

/** The beginning of the keys of all queries on a path, to invalidate or forget them together. */
export function queryKeyOf<Path extends PathsWithMethod<ApiPaths, 'get'>>(path: Path) {
  return ['get', path] as const
}

/** How an infinite query pages through a list of the API. */
export const BY_CURSOR = {
  pageParamName: 'cursor',
  // No cursor at all asks for the first page; `undefined` would be sent as 0.
  initialPageParam: null,
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor,
}
