/** RFC 9457 problem details as an Error, and what to say when there is no answer at all. */
import { getLanguage } from '../i18n/language'

export interface ProblemField {
  field: string
  message: string
  index?: number
}

export class Problem extends Error {
  override name = 'Problem'
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: ProblemField[] = [],
    readonly requestId: string | null = null,
    /** Seconds after which the server asks to be tried again, when it says. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail ? `${title}: ${detail}` : title)
  }

  /** No answer came: the network, or the server, is down. */
  get unreachable(): boolean {
    return this.status === 0
  }
  get gone(): boolean {
    return this.status === 404 || this.status === 410
  }
}

const OWN_WORDS = {
  offline: {
    zh: ['连不上茶馆', '网络断开了，或者服务正在重启。'],
    en: ['The teahouse cannot be reached', 'The network is down, or the house is restarting.'],
  },
  server: {
    zh: ['后台出了点事', '不是你的错，稍等再试。'],
    en: ['Something broke backstage', 'It was not you. Try again in a moment.'],
  },
} as const

export function unreachable(): Problem {
  const [title, detail] = OWN_WORDS.offline[getLanguage()]
  return new Problem(0, 'unreachable', title, detail)
}

/**
 * The problem that a refused answer tells of; an answer that is no problem document still becomes
 * one.
 */
export async function problemOf(response: Response): Promise<Problem> {
  const header = response.headers.get('Retry-After')
  const retryAfter = header && /^\d+$/.test(header) ? Number(header) : null
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null
  if (body && typeof body.title === 'string') {
    return new Problem(
      response.status,
      typeof body.code === 'string' ? body.code : 'unknown',
      body.title,
      typeof body.detail === 'string' ? body.detail : '',
      Array.isArray(body.errors) ? (body.errors as ProblemField[]) : [],
      typeof body.request_id === 'string' ? body.request_id : null,
      retryAfter,
    )
  }
  const [title, detail] = OWN_WORDS.server[getLanguage()]
  return new Problem(response.status, 'unknown', title, detail, [], null, retryAfter)
}
