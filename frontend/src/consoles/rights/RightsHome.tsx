import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, BY_CURSOR } from '../../api/client'
import { withItems } from '../../api/withItems'
import { useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { claimMessages } from '../../rights/claimMessages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { FilterTabs } from '../shared/FilterTabs'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ClaimTable } from './ClaimTable'
import { rightsMessages } from './messages'
import { RightsNav } from './RightsNav'
import { useTermsSummary } from './useTermsSummary'

const STATES = [
  'received',
  'incomplete',
  'standing',
  'countered',
  'restored',
  'withdrawn',
  'rejected',
  'upheld',
] as const
const REFETCH_MS = 30_000
type StateFilter = 'open' | (typeof STATES)[number]

/** Claims on their way, what is due first at the top; and the rules that they go by. */
export function RightsHome() {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('pageTitle'))
  const [state, setState] = useState<StateFilter>('open')
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/rights/claims',
      { params: { query: { state } } },
      { ...BY_CURSOR, refetchInterval: REFETCH_MS },
    ),
  )
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <h1>{t('pageTitle')}</h1>
      <RightsNav />
      <FilterTabs
        label={t('state')}
        tabs={[
          { name: 'open', label: t('list_open') },
          ...STATES.map((name) => ({ name, label: c(`state_${name}`) })),
        ]}
        selected={state}
        onSelect={setState}
      />
      {list.isPending && <Spinner small />}
      {list.isError && (
        <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && list.items.length === 0 && (
        <p className={layout.empty}>{t('claimsEmpty')}</p>
      )}
      {list.items.length > 0 && <ClaimTable claims={list.items} />}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
      <JurisdictionTerms />
    </main>
  )
}

/** Every version of every jurisdiction's terms. */
function JurisdictionTerms() {
  const t = useMessages(rightsMessages)
  const termsSummary = useTermsSummary()
  const language = useLanguage()
  const profiles = api.useQuery('get', '/api/v1/rights/profiles')
  return (
    <section className={layout.section} aria-labelledby="terms">
      <h2 id="terms">{t('terms')}</h2>
      {profiles.isPending && <Spinner small />}
      {profiles.isError && (
        <ErrorState level={2} error={profiles.error} onRetry={() => void profiles.refetch()} />
      )}
      {profiles.data?.map(({ version, effective, certainty, sources, terms }) => (
        <details key={version} className={layout.panel}>
          <summary>
            <strong>{terms[language]}</strong> · {t('effective', { date: effective })} ·{' '}
            {t(`certainty_${certainty}`)}
          </summary>
          <div className={layout.stack}>
            <p>{termsSummary({ ...terms, restores_at_once: terms.restore === 'at_once' })}</p>
            <p className={layout.muted}>
              {t('actWithin', { n: terms.act_within_hours })} · {version}
            </p>
            <ul className={layout.muted} lang="zh-Hans">
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </div>
        </details>
      ))}
    </section>
  )
}
