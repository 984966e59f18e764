import { Problem } from './problem'

/** Why the server refused a field of a form; refused items of a list count as the list. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find((entry) => entry.field === field || entry.field.startsWith(`${field}[`))
    ?.message
}
