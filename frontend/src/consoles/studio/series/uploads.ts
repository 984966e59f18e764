/**
 * Resumable uploads by tus 1.0. Unfinished uploads are stored in this browser, so that one can go
 * on after the page was closed: choosing the same file again sends only the rest. Every chunk
 * carries its SHA-256.
 */
import {
  DefaultHttpStack,
  type DetailedError,
  defaultOptions,
  type HttpStack,
  type PreviousUpload,
  Upload,
} from 'tus-js-client'
import { answerOf, client, csrfToken } from '../../../api/client'
import { Problem, unreachable } from '../../../api/problem'
import { acceptLanguage, getLanguage } from '../../../i18n/language'

const ENDPOINT = '/api/v1/uploads/'
const CHUNK_BYTES = 4 * 1024 * 1024
const RETRY_MS = [500, 1500, 4000, 8000, 15_000, 30_000]
const CHECKSUM_MISMATCH = 460
const LOCKED = 423

/** An upload of an episode that this browser began. */
export interface UnfinishedUpload {
  id: string
  filename: string
  size: number
  key: string
}

/** Only what still names the same bytes may go on: name, size and time of change. */
const fileFingerprint = (episodeId: string, file: File) =>
  `huaben ${episodeId} ${file.name} ${file.size} ${file.lastModified}`

const uploadIdFromUrl = (url: string | null) => url?.split('/').filter(Boolean).at(-1) ?? ''

export async function listUnfinishedUploads(episodeId: string): Promise<UnfinishedUpload[]> {
  const all = await defaultOptions.urlStorage.findAllUploads()
  return all
    .filter((stored) => stored.metadata.episode === episodeId)
    .map((stored) => ({
      id: uploadIdFromUrl(stored.uploadUrl ?? null),
      filename: stored.metadata.filename ?? '',
      size: stored.size ?? 0,
      key: stored.urlStorageKey,
    }))
}

export async function forgetUpload(key: string): Promise<void> {
  await defaultOptions.urlStorage.removeUpload(key)
}

export interface UploadCallbacks {
  onProgress: (sent: number, total: number) => void
  onFinished: (uploadId: string) => void
  onStopped: (problem: Problem) => void
}

/** Begins, or goes on with, the upload of a file; `pause` may be followed by `start`. */
export async function sendFile(
  episodeId: string,
  file: File,
  callbacks: UploadCallbacks,
): Promise<Upload> {
  const upload = new Upload(file, {
    endpoint: ENDPOINT,
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    metadata: { filename: file.name, episode: episodeId },
    fingerprint: async () => fileFingerprint(episodeId, file),
    httpStack: checksumHttpStack(),
    onBeforeRequest: (request) => {
      request.setHeader('X-CSRFToken', csrfToken())
      request.setHeader('Accept-Language', acceptLanguage())
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0
      return (
        status === 0 ||
        status === 409 ||
        status === LOCKED ||
        status === CHECKSUM_MISMATCH ||
        (status >= 500 && status !== 507)
      )
    },
    onProgress: callbacks.onProgress,
    onSuccess: () => callbacks.onFinished(uploadIdFromUrl(upload.url)),
    onError: (error) => callbacks.onStopped(problemFromTusError(error as DetailedError)),
  })
  const earlier: PreviousUpload | undefined = (await upload.findPreviousUploads())[0]
  if (earlier) upload.resumeFromPreviousUpload(earlier)
  upload.start()
  return upload
}

const EXAMINATION_POLL_MS = 1000

/**
 * Waits until the server has examined a whole upload. Rejects with the reason why it was refused
 * (422), or why it could not be examined. `isWanted` false ends the waiting.
 */
export async function waitForExamination(
  uploadId: string,
  isWanted: () => boolean,
  pollMs = EXAMINATION_POLL_MS,
): Promise<void> {
  while (isWanted()) {
    const upload = await answerOf(
      client.GET('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: uploadId } } }),
    ).catch((error: unknown) => {
      if (error instanceof Problem && (error.unreachable || error.status >= 500)) return null
      throw error
    })
    if (upload?.state === 'accepted') return
    const failed = upload?.examination?.state === 'failed' ? upload.examination.error : null
    const problem = upload?.problem ?? failed
    if (problem) {
      const { code, title, detail } = problem
      const words = getLanguage()
      throw new Problem(
        upload?.problem ? 422 : 500,
        code,
        title?.[words] ?? '',
        detail?.[words] ?? '',
      )
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** The server's own words for why an upload stopped. */
export function problemFromTusError(error: DetailedError): Problem {
  const response = error.originalResponse
  if (!response || response.getStatus() === 0) return unreachable()
  try {
    const body = JSON.parse(response.getBody()) as {
      code?: string
      title?: string
      detail?: string
      request_id?: string
    }
    if (body.title) {
      return new Problem(
        response.getStatus(),
        body.code ?? 'unknown',
        body.title,
        body.detail ?? '',
        [],
        body.request_id ?? null,
      )
    }
  } catch {
    // Not a problem document; the status is all there is.
  }
  const title = { zh: '服务器没有收下', en: 'The server did not take it' }
  return new Problem(
    response.getStatus(),
    'unknown',
    title[getLanguage()],
    `HTTP ${response.getStatus()}`,
  )
}

/** tus's checksum extension. Without `crypto.subtle` (no TLS, no localhost) no checksum is sent. */
function checksumHttpStack(): HttpStack {
  const plain = new DefaultHttpStack({})
  return {
    getName: () => 'ChecksummedHttpStack',
    createRequest(method, url) {
      const request = plain.createRequest(method, url)
      if (method !== 'PATCH' || !globalThis.crypto?.subtle) return request
      const [send, abort] = [request.send.bind(request), request.abort.bind(request)]
      let aborted = false
      request.abort = () => {
        aborted = true
        return abort()
      }
      request.send = async (body) => {
        if (body instanceof Blob) {
          const digest = new Uint8Array(
            await crypto.subtle.digest('SHA-256', await body.arrayBuffer()),
          )
          if (aborted) return await new Promise(() => {})
          request.setHeader('Upload-Checksum', `sha256 ${btoa(String.fromCharCode(...digest))}`)
        }
        return send(body)
      }
      return request
    },
  }
}

export function formatSize(bytes: number): string {
  const mb = bytes / 1024 ** 2
  return mb >= 1024 ? `${(mb / 1024).toFixed(2)} GB` : `${mb.toFixed(1)} MB`
}
