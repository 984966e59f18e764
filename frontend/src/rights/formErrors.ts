import { Problem } from '../api/problem'

/** The lines of a text that are not empty. */
export const splitLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Why the server refused a form as a whole; undefined when it named fields. */
export function formError(error: unknown): string | undefined {
  if (!error) return undefined
  if (!(error instanceof Problem)) return String((error as Error).message ?? error)
  if (error.errors.length > 0) return undefined
  return error.detail ? `${error.title} · ${error.detail}` : error.title
}
