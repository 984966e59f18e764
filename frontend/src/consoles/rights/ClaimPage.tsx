import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Counter, Links, Steps, useTargetWords } from '../../rights/ClaimParts'
import { claimMessages } from '../../rights/claimMessages'
import { Seal } from '../../ui/Seal'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import desk from '../desk/Paper.module.css'
import type { Claim } from '../types'
import { ClaimDeeds } from './ClaimDeeds'
import { Clock } from './Clock'
import { rightsMessages } from './messages'
import { Claims } from './RightsHome'
import { useTermsWords } from './terms'

/** While it is in one of these, what it complains of is not shown. */
const BLOCKING: ReadonlySet<Claim['state']> = new Set(['standing', 'countered', 'upheld'])

/** One claim on the desk: what is said, what was shown, what happened, and what may be done. */
export function ClaimPage() {
  const { claimId } = useParams({ from: '/rights/desk/$claimId' })
  const query = useQuery({
    queryKey: ['claim', claimId],
    queryFn: ({ signal }) => api.get<Claim>(`/rights/claims/${claimId}`, undefined, signal),
    refetchInterval: 30_000,
  })
  // The sheet, and what is being written on it, stays through a refetch that failed.
  if (query.data) return <ClaimSheet key={claimId} claim={query.data} />
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  return <Lamp />
}

function ClaimSheet({ claim }: { claim: Claim }) {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const words = useWords()
  const format = useFormat()
  const target = useTargetWords()
  const termsWords = useTermsWords()
  usePageTitle(claim.number)
  return (
    <main id="content" tabIndex={-1} className={desk.page}>
      <Link to="/rights" className={desk.back}>
        {t('back')}
      </Link>
      <header className={desk.head}>
        {BLOCKING.has(claim.state) && <Seal text="撤" size={54} />}
        <div>
          <h1>{claim.series.title}</h1>
          <p className={desk.soft}>
            {target(claim)} · {claim.series.creator.display_name} · <code>{claim.number}</code>
          </p>
          <p>
            <strong>{c(`state_${claim.state}`)}</strong> · <Clock claim={claim} />
          </p>
        </div>
      </header>
      <ClaimDeeds claim={claim} />
      <section className={desk.section}>
        <h2>{c('statement')}</h2>
        <p className={desk.said}>{claim.statement}</p>
        <Links links={claim.proofs} />
        <dl className={desk.facts}>
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
            {words(claim.terms.name)}
            <div className={desk.soft}>{termsWords(claim.terms)}</div>
          </Fact>
        </dl>
      </section>
      {claim.counter_notice && (
        <section className={desk.section}>
          <h2>{c('counterNotice')}</h2>
          <Counter counter={claim.counter_notice} />
        </section>
      )}
      <section className={desk.section}>
        <h2>{c('history')}</h2>
        <Steps steps={claim.history} />
      </section>
      <section className={desk.section}>
        <h2>{t('seen')}</h2>
        <ul className={desk.stack}>
          {claim.seen.map((one) => (
            <li key={one.cut_id}>
              {t('seenText', {
                episode: one.episode_number,
                cut: one.number,
                label: one.label ?? '—',
                decision: one.decision_id ?? '—',
              })}
              <div className={desk.soft}>
                <code>{one.sha256}</code>
              </div>
            </li>
          ))}
        </ul>
      </section>
      {claim.beside.length > 0 && (
        <section className={desk.section}>
          <h2>{t('beside')}</h2>
          <Claims claims={claim.beside} />
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
