/** The reader's language: one store for the whole page, so that a switch needs no reload. */
import { useSyncExternalStore } from 'react'

export type Language = 'zh' | 'en'
/** Text that the server composed for people, in both languages. */
export interface LocalizedText {
  zh: string
  en: string
}

const KEY = 'huaben.language'
const listeners = new Set<() => void>()

function startLanguage(): Language {
  const kept = globalThis.localStorage?.getItem(KEY)
  if (kept === 'zh' || kept === 'en') return kept
  return globalThis.navigator?.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

let current: Language = startLanguage()

function applyToPage(): void {
  if (globalThis.document) document.documentElement.lang = current === 'zh' ? 'zh-Hans' : 'en'
}
applyToPage()

export function getLanguage(): Language {
  return current
}

/** What the server is asked for. */
export function acceptLanguage(): string {
  return current === 'zh' ? 'zh-Hans' : 'en'
}

export function setLanguage(language: Language): void {
  if (language === current) return
  current = language
  globalThis.localStorage?.setItem(KEY, language)
  applyToPage()
  for (const listener of listeners) listener()
}

/**
 * True when this browser has chosen a language itself, so that an account's setting does not
 * override it.
 */
export function languageWasChosen(): boolean {
  return globalThis.localStorage?.getItem(KEY) != null
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, getLanguage, getLanguage)
}

/** A picker for the server's own `LocalizedText`, in the reader's language. */
export function useLocalizedText(): (text: LocalizedText | null | undefined) => string {
  const language = useLanguage()
  return (text) => (text ? text[language] || text.zh : '')
}

/** The `lang` attribute for a work's own text, which may be in another language than the page. */
export function langOf(code: string): string {
  return code.toLowerCase().startsWith('zh') ? 'zh-Hans' : code
}
