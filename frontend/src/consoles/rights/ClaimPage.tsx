import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Claim } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ClaimHistory, CounterNoticeText, ProofLinks, useTargetText } from '../../rights/ClaimParts'
import { claimMessages } from '../../rights/claimMessages'
import { ErrorState } from '../../ui/ErrorState'
import { SealBadge } from '../../ui/SealBadge'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import layout from '../shared/PageLayout.module.css'
import { ClaimActions } from './ClaimActions'
import { ClaimDueTime } from './ClaimDueTime'
import { ClaimFilms } from './ClaimFilms'
import { ClaimTable } from './ClaimTable'
import { claimQuery } from './claimQuery'
import { rightsMessages } from './messages'
import { useTermsSummary } from './useTermsSummary'

/** While it is in one of these, what it complains of is not shown. */
const BLOCKING: ReadonlySet<Claim['state']> = new Set(['standing', 'countered', 'upheld'])

/** One claim in the console: what is said, what was shown, what happened, and what may be done. */
export function ClaimPage() {
  const { claimId } = useParams({ from: '/rights/desk/$claimId' })
  const query = useQuery(claimQuery(claimId))
  // The sheet, and what is being written on it, stays through a refetch that failed.
  if (query.data) return <ClaimDetail key={claimId} claim={query.data} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Spinner />
}

function ClaimDetail({ claim }: { claim: Claim }) {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const targetText = useTargetText()
  const termsSummary = useTermsSummary()
  usePageTitle(claim.number)
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <Link to="/rights" className={layout.back}>
        {t('back')}
      </Link>
      <header className={layout.header}>
        {BLOCKING.has(claim.state) && <SealBadge text="撤" size={54} />}
        <div>
          <h1>{claim.series.title}</h1>
          <p className={layout.muted}>
            {targetText(claim)} · {claim.series.creator.display_name} · <code>{claim.number}</code>
          </p>
          <p>
            <strong>{c(`state_${claim.state}`)}</strong> · <ClaimDueTime claim={claim} />
          </p>
        </div>
      </header>
      <ClaimActions claim={claim} />
      <section className={layout.section}>
        <h2>{c('statement')}</h2>
        <p className={layout.quote}>{claim.statement}</p>
        <ProofLinks links={claim.proofs} />
        <dl className={layout.facts}>
          <Fact name={c('claimant')}>{claim.claimant_name}</Fact>
          <Fact name={c('work')}>{claim.work_title}</Fact>
          <Fact name={c('workPlace')}>{claim.work_place}</Fact>
          <Fact name={t('contact')}>
            <a href={`mailto:${claim.email}`}>{claim.email}</a>
            {claim.phone && <div>{claim.phone}</div>}
            <div>{claim.address}</div>
          </Fact>
          <Fact name={t('signature')}>{claim.signature}</Fact>
          <Fact name={t('received')}>{format.dateTime(claim.received_at)}</Fact>
          {claim.forwarded_at && (
            <Fact name={t('forwarded')}>{format.dateTime(claim.forwarded_at)}</Fact>
          )}
          <Fact name={t('rules')}>
            {localized(claim.terms.name)}
            <div className={layout.muted}>{termsSummary(claim.terms)}</div>
          </Fact>
        </dl>
      </section>
      {claim.counter_notice && (
        <section className={layout.section}>
          <h2>{c('counterNotice')}</h2>
          <CounterNoticeText counter={claim.counter_notice} />
        </section>
      )}
      <section className={layout.section}>
        <h2>{c('history')}</h2>
        <ClaimHistory steps={claim.history} />
      </section>
      <ClaimFilms claim={claim} />
      {claim.related.length > 0 && (
        <section className={layout.section}>
          <h2>{t('otherClaims')}</h2>
          <ClaimTable claims={claim.related} />
        </section>
      )}
    </main>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
