import type { Language } from '../../i18n/language'

/** Fen as people write sums of this size: “80 万元”, “¥800,000”. */
export function formatMoney(fen: number, language: Language): string {
  const yuan = fen / 100
  if (language === 'en') return `¥${yuan.toLocaleString('en-GB')}`
  return yuan >= 10_000
    ? `${(yuan / 10_000).toLocaleString('zh-CN')} 万元`
    : `${yuan.toLocaleString('zh-CN')} 元`
}
