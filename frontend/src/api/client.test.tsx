import { expect, test } from 'vitest'
import { setLanguage } from '../i18n/language'
import { server } from '../testing/setup'
import { answerOf, client, onSignInNeeded, queryKeyOf } from './client'
import type { Problem } from './problem'

const ME = '/api/v1/me'

test('a call brings the language, and a change the CSRF token', async () => {
  // biome-ignore lint/suspicious/noDocumentCookie: the platform sets this cookie.
  document.cookie = 'csrftoken=secret'
  setLanguage('zh')
  server.respond('get', ME, () => Response.json({ user: null }))
  server.respond('patch', ME, () => Response.json({ user: null }))
  await client.GET(ME)
  await client.PATCH(ME, { body: { display_name: 'Lan' } })
  const [read, change] = server.requests
  expect(read?.headers.get('Accept-Language')).toMatch(/^zh/)
  expect(read?.headers.has('X-CSRFToken')).toBe(false)
  expect(change?.headers.get('X-CSRFToken')).toBe('secret')
  expect(change?.body).toEqual({ display_name: 'Lan' })
})

test('parameters go into the path and the query; what is not given is left out', async () => {
  server.respond('get', '/api/v1/series', () => Response.json({ results: [] }))
  await client.GET('/api/v1/series', { params: { query: { q: 'fox', genre: undefined } } })
  expect(server.requests[0]?.query.toString()).toBe('q=fox')
})

test('a refusal is thrown as a problem with the words of the server', async () => {
  server.refuse('get', ME, {
    status: 422,
    code: 'invalid',
    title: 'Not like this',
    detail: 'Too long',
    request_id: 'r1',
    errors: [{ field: 'name', message: 'Too long' }],
  })
  const problem = (await answerOf(client.GET(ME)).catch((error) => error)) as Problem
  expect(problem).toMatchObject({ status: 422, code: 'invalid', title: 'Not like this' })
  expect(problem.errors).toEqual([{ field: 'name', message: 'Too long' }])
})

test('a network that is down is a problem, too', async () => {
  server.respond('get', ME, () => {
    throw new TypeError('Failed to fetch')
  })
  await expect(client.GET(ME)).rejects.toMatchObject({ status: 0, unreachable: true })
})

test('a call that was given up says so and is no problem', async () => {
  server.respond('get', ME, () => {
    throw new DOMException('given up', 'AbortError')
  })
  await expect(client.GET(ME)).rejects.toMatchObject({ name: 'AbortError' })
})

test('where the session has run out, people sign in and the call goes on', async () => {
  let signedIn = false
  onSignInNeeded(async () => {
    signedIn = true
    // biome-ignore lint/suspicious/noDocumentCookie: signing in changes the token.
    document.cookie = 'csrftoken=fresh'
    return true
  })
  server.respond('patch', ME, ({ body }) =>
    signedIn ? Response.json(body) : Response.json({ title: 'Who?' }, { status: 401 }),
  )
  const answer = await answerOf(client.PATCH(ME, { body: { display_name: 'Lan' } }))
  expect(answer).toEqual({ display_name: 'Lan' })
  expect(server.requests.map((request) => request.headers.get('X-CSRFToken'))).toContain('fresh')
  onSignInNeeded(async () => false)
})

test('who does not sign in gets the refusal', async () => {
  onSignInNeeded(async () => false)
  server.refuse('patch', ME, { status: 401, title: 'Who?' })
  await expect(client.PATCH(ME, { body: {} })).rejects.toMatchObject({ status: 401, title: 'Who?' })
})

test('the keys of a path begin with it, so that all its queries are forgotten together', () => {
  expect(queryKeyOf('/api/v1/history')).toEqual(['get', '/api/v1/history'])
})
