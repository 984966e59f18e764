/**
 * The platform as the browser sees it, for component tests: answers to `fetch`, checked against
 * the schema's types. Nothing of the app itself is replaced.
 */
import type { HttpMethod, PathsWithMethod, SuccessResponseJSON } from 'openapi-typescript-helpers'
import type { components, paths } from '../api/schema'

type Answer<Path extends keyof paths, Method extends HttpMethod> =
  paths[Path] extends Record<Method, infer Operation extends Record<string | number, unknown>>
    ? SuccessResponseJSON<Operation>
    : never

export interface ReceivedRequest {
  method: string
  /** With the parameters filled in. */
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

type Responder = (request: ReceivedRequest) => Response | Promise<Response>

export class FakeServer {
  readonly requests: ReceivedRequest[] = []
  private readonly responders: { method: string; pattern: RegExp; respond: Responder }[] = []

  /** Answers a path of the schema; a later answer to the same path replaces an earlier one. */
  on<Method extends HttpMethod, Path extends PathsWithMethod<paths, Method>>(
    method: Method,
    path: Path,
    answer: Answer<Path, Method> | ((request: ReceivedRequest) => Answer<Path, Method>),
  ): void {
    this.respond(method, path as string, (request) => {
      const body =
        typeof answer === 'function'
          ? (answer as (request: ReceivedRequest) => unknown)(request)
          : answer
      return body === undefined ? new Response(null, { status: 204 }) : Response.json(body)
    })
  }

  /** Refuses with a problem document. */
  refuse<Method extends HttpMethod>(
    method: Method,
    path: PathsWithMethod<paths, Method>,
    problem: Partial<components['schemas']['Problem']> & { status: number },
  ): void {
    const body = { type: 'about:blank', title: 'Refused', code: 'refused', ...problem }
    this.respond(method, path as string, () =>
      Response.json(body, {
        status: problem.status,
        headers: { 'Content-Type': 'application/problem+json' },
      }),
    )
  }

  /** Answers a path that is not in the schema (allauth), or in a way that `on` has no word for. */
  respond(method: string, path: string, respond: Responder): void {
    const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`)
    this.responders.unshift({ method: method.toUpperCase(), pattern, respond })
  }

  /** What was asked of a path, in order. */
  received(method: string, path: string): ReceivedRequest[] {
    return this.requests.filter(
      (request) => request.method === method.toUpperCase() && request.path === path,
    )
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : String(input), location.origin)
    const request = input instanceof Request ? input : new Request(url, init)
    const text = await request.text()
    const received: ReceivedRequest = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    this.requests.push(received)
    const found = this.responders.find(
      ({ method, pattern }) => method === request.method && pattern.test(url.pathname),
    )
    if (!found) throw new TypeError(`No answer to ${request.method} ${url.pathname}`)
    return found.respond(received)
  }
}
