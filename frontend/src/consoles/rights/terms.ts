/** A jurisdiction's terms as one line of words. */
import type { ClaimTerms } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { rightsMessages } from './messages'

type Terms = Pick<
  ClaimTerms,
  'restores_at_once' | 'wait_count' | 'wait_unit' | 'extension_count' | 'extension_unit'
>

export function useTermsWords(): (terms: Terms) => string {
  const t = useMessages(rightsMessages)
  return (terms) => {
    if (terms.restores_at_once) return t('rules_atOnce')
    const wait = terms.wait_unit === 'days' ? 'rules_wait' : 'rules_workingWait'
    const said = [t(wait, { n: terms.wait_count ?? 0 })]
    if (terms.extension_count) {
      const longer = terms.extension_unit === 'days' ? 'rules_extension' : 'rules_workingExtension'
      said.push(t(longer, { n: terms.extension_count }))
    }
    return said.join(' · ')
  }
}
