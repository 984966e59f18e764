import { useEffect } from 'react'
import { useLanguage } from '../i18n/language'

/** The document's title: “page · 话本”. */
export function usePageTitle(title: string | undefined): void {
  const brand = useLanguage() === 'zh' ? '话本' : 'Huaben'
  useEffect(() => {
    document.title = title ? `${title} · ${brand}` : brand
  }, [title, brand])
}
