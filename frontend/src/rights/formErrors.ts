/** What the forms of a claim share: links one a line, and refusals told where they belong. */
import { Problem } from '../api/problem'

export const splitLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Why a field was refused; items of a list count as the list. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find((entry) => entry.field === field || entry.field.startsWith(`${field}[`))
    ?.message
}

/** Why it was refused as a whole, when no field is to blame. */
export function formError(error: unknown): string | undefined {
  if (!error) return undefined
  if (!(error instanceof Problem)) return String((error as Error).message ?? error)
  if (error.errors.length > 0) return undefined
  return error.detail ? `${error.title} · ${error.detail}` : error.title
}
