/** Calls that are not yet made through the schema's client. Nothing new may use it. */
import { client } from './client'

type Query = Record<string, string | number | boolean | null | undefined>
type Init = {
  params?: { query?: Query }
  body?: unknown
  signal?: AbortSignal
  headers?: Record<string, string>
}
export const request = async <T>(method: string, path: string, init: Init): Promise<T> => {
  const send = client.request as unknown as (
    method: string,
    path: string,
    init: Init,
  ) => Promise<{ data: T }>
  return (await send(method, `/api/v1${path}`, init)).data
}

export const untyped = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>('get', path, { params: { query }, signal }),
  post: <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
    request<T>('post', path, { body: body ?? {}, headers }),
  put: <T = void>(path: string, body?: unknown) => request<T>('put', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('patch', path, { body }),
  delete: <T = void>(path: string) => request<T>('delete', path, {}),
}
