/**
 * Times and numbers as the reader writes them. Days are Asia/Shanghai's, as everywhere on the page.
 */
import { type Language, useLanguage } from './language'

const ZONE = 'Asia/Shanghai'
const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB')

/** Milliseconds as `m:ss`, or `h:mm:ss` from one hour. Nothing sensible in gives `0:00`. */
export function formatClock(ms: number): string {
  const seconds = Number.isFinite(ms) ? Math.max(0, Math.floor(ms / 1000)) : 0
  const h = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  const ss = String(seconds % 60).padStart(2, '0')
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${ss}` : `${m}:${ss}`
}

/** Milliseconds as spoken words, for screen readers: “1分05秒”, “1 min 5 s”. */
export function formatSpoken(ms: number, language: Language): string {
  const seconds = Number.isFinite(ms) ? Math.max(0, Math.round(ms / 1000)) : 0
  const m = Math.floor(seconds / 60)
  const s = seconds % 60
  if (language === 'zh') return m > 0 ? `${m}分${s}秒` : `${s}秒`
  return m > 0 ? `${m} min ${s} s` : `${s} s`
}

/** How long ago, coarse: “3小时前”, “3 hours ago”; from a week on, the date in Asia/Shanghai. */
export function formatAgo(iso: string, language: Language, now: number = Date.now()): string {
  const then = Date.parse(iso)
  if (Number.isNaN(then)) return ''
  const minutes = Math.round((now - then) / 60_000)
  const relative = new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto' })
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now'
  if (minutes < 60) return relative.format(-minutes, 'minute')
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), 'hour')
  if (minutes < 7 * 24 * 60) return relative.format(-Math.floor(minutes / (24 * 60)), 'day')
  return formatDate(iso, language)
}

export function formatDate(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: ZONE }).format(
    new Date(iso),
  )
}

export function formatDateTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: ZONE,
  }).format(new Date(iso))
}

/** A count, compact from ten thousand: “2.4万”, “24k”. */
export function formatCount(n: number, language: Language): string {
  return new Intl.NumberFormat(locale(language), {
    notation: n >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: 1,
  }).format(n)
}

/** The same functions, bound to the reader's language. */
export function useFormat() {
  const language = useLanguage()
  return {
    clock: formatClock,
    spoken: (ms: number) => formatSpoken(ms, language),
    ago: (iso: string) => formatAgo(iso, language),
    date: (iso: string) => formatDate(iso, language),
    dateTime: (iso: string) => formatDateTime(iso, language),
    count: (n: number) => formatCount(n, language),
  }
}
