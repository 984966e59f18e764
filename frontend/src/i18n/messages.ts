/**
 * Texts of one area of the app, in both languages, as typed keys.
 *
 * `defineMessages(zh, en)` makes a missing English key, an extra one, or other placeholders a type
 * error. Each lazy chunk brings its own texts, so that the first load carries only what the feed
 * says.
 *
 * A text may hold `{name}` and, where English counts, `{n#episode|episodes}`, which becomes the
 * word for n.
 */
import { useLanguage } from './language'

type Names<S extends string> = S extends `${string}{${infer Hole}}${infer Rest}`
  ? (Hole extends `${infer Name}#${string}` ? Name : Hole) | Names<Rest>
  : never

type SameNames<Z extends string, E extends string> = [Exclude<Names<E>, Names<Z>>] extends [never]
  ? E
  : `the English text uses a placeholder that the Chinese text has not`

type Translated<Z extends Record<string, string>, E extends Record<keyof Z, string>> = {
  [K in keyof Z]: SameNames<Z[K], E[K]>
}

type Values<S extends string> = [Names<S>] extends [never]
  ? []
  : [values: Record<Names<S>, string | number>]

export interface Messages<Z extends Record<string, string>> {
  zh: Z
  en: Record<keyof Z, string>
}

export type Translate<Z extends Record<string, string>> = <K extends keyof Z>(
  key: K,
  ...values: Values<Z[K]>
) => string

/** Fills `{name}` and `{n#one|many}`; a value that is not given leaves its hole visible. */
export function fill(text: string, values?: Record<string, string | number>): string {
  if (!values) return text
  return text.replace(
    /\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g,
    (hole, name: string, one?: string, many?: string) => {
      const value = values[name]
      if (value === undefined) return hole
      if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many
      return String(value)
    },
  )
}

export function defineMessages<
  const Z extends Record<string, string>,
  const E extends Record<keyof Z, string>,
>(zh: Z, en: E & Translated<Z, E> & Record<Exclude<keyof E, keyof Z>, never>): Messages<Z> {
  return { zh, en }
}

/**
 * The texts of an area in the reader's language; the component draws again when the language
 * changes.
 */
export function useMessages<Z extends Record<string, string>>(messages: Messages<Z>): Translate<Z> {
  const language = useLanguage()
  const texts: Record<keyof Z, string> = language === 'zh' ? messages.zh : messages.en
  return (key, ...values) =>
    fill(texts[key], values[0] as Record<string, string | number> | undefined)
}
