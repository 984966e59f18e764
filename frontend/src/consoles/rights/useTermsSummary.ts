/** A jurisdiction's terms as one line of words. */
import type { ClaimTerms } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { rightsMessages } from './messages'

type Terms = Pick<
  ClaimTerms,
  'restores_at_once' | 'wait_count' | 'wait_unit' | 'extension_count' | 'extension_unit'
>

export function useTermsSummary(): (terms: Terms) => string {
  const t = useMessages(rightsMessages)
  return (terms) => {
    if (terms.restores_at_once) return t('rules_atOnce')
    const waitKey = terms.wait_unit === 'days' ? 'rules_wait' : 'rules_workingWait'
    const parts = [t(waitKey, { n: terms.wait_count ?? 0 })]
    if (terms.extension_count) {
      const extensionKey =
        terms.extension_unit === 'days' ? 'rules_extension' : 'rules_workingExtension'
      parts.push(t(extensionKey, { n: terms.extension_count }))
    }
    return parts.join(' · ')
  }
}
