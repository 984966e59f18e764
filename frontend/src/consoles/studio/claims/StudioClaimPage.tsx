import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Problem } from '../../../api/problem'
import type { ForwardedClaim } from '../../../api/types'
import { useFormat } from '../../../i18n/format'
import { useMessages } from '../../../i18n/messages'
import {
  ClaimHistory,
  CounterNoticeText,
  ProofLinks,
  useTargetText,
} from '../../../rights/ClaimParts'
import { claimMessages } from '../../../rights/claimMessages'
import { buttonClass } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { ErrorState } from '../../../ui/ErrorState'
import { Spinner } from '../../../ui/Spinner'
import { usePageTitle } from '../../../ui/usePageTitle'
import { studioClaimQuery } from '../queries'
import { CounterNoticeForm } from './CounterNoticeForm'
import { studioClaimMessages } from './messages'
import styles from './StudioClaimPage.module.css'

/** A claim against the creator's work: who says what, where it stands, and the way to answer. */
export function StudioClaimPage() {
  const { claimId } = useParams({ from: '/studio/claims/$claimId' })
  const t = useMessages(studioClaimMessages)
  const query = useQuery(studioClaimQuery(claimId))
  if (query.isPending) return <Spinner />
  if (query.isError) {
    if (!(query.error instanceof Problem && query.error.gone)) {
      return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    }
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState
          title={t('gone')}
          actions={
            <Link to="/studio" className={buttonClass()}>
              {t('back')}
            </Link>
          }
        />
      </main>
    )
  }
  return <ForwardedClaimDetail claim={query.data} />
}

function ForwardedClaimDetail({ claim }: { claim: ForwardedClaim }) {
  const t = useMessages(studioClaimMessages)
  const c = useMessages(claimMessages)
  const targetText = useTargetText()
  const title = t('title', { series: claim.series.title })
  usePageTitle(title)
  const last = claim.history.at(-1)
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <Link to="/studio" className={styles.back}>
        {t('back')}
      </Link>
      <header className={styles.header}>
        <h1>{title}</h1>
        <p className={styles.muted}>
          {c(`state_${claim.state}`)} · {targetText(claim)} · <code>{claim.number}</code>
        </p>
      </header>
      <div className={styles.status} role="status">
        <ClaimStatus claim={claim} />
        {claim.due_provisional && <p className={styles.muted}>{c('provisional')}</p>}
        {last?.note && <p className={styles.quote}>{last.note}</p>}
      </div>
      <section className={styles.section}>
        <h2>{t('theirs')}</h2>
        <dl className={styles.facts}>
          <div>
            <dt>{c('claimant')}</dt>
            <dd>{claim.claimant_name}</dd>
          </div>
          <div>
            <dt>{c('work')}</dt>
            <dd>{claim.work_title}</dd>
          </div>
          <div>
            <dt>{c('workPlace')}</dt>
            <dd>{claim.work_place}</dd>
          </div>
        </dl>
        <p className={styles.quote}>{claim.statement}</p>
        <ProofLinks links={claim.proofs} />
      </section>
      {claim.counter_notice && (
        <section className={styles.section}>
          <h2>{t('yours')}</h2>
          <CounterNoticeText counter={claim.counter_notice} />
        </section>
      )}
      {claim.actions.includes('counter') && <CounterNoticeForm claim={claim} />}
      <section className={styles.section}>
        <h2>{c('history')}</h2>
        <ClaimHistory steps={claim.history} />
      </section>
    </main>
  )
}

function ClaimStatus({ claim }: { claim: ForwardedClaim }) {
  const t = useMessages(studioClaimMessages)
  const format = useFormat()
  const { state } = claim
  if (state === 'standing' && claim.terms.restores_at_once) return <p>{t('now_standing_atOnce')}</p>
  if (state === 'standing' && claim.suit_at) return <p>{t('now_suit')}</p>
  if (state === 'standing' && claim.cut) return <p>{t('now_standing_cut')}</p>
  if (state === 'countered') {
    if (claim.suit_at || !claim.due_at) return <p>{t('now_suit')}</p>
    return <p>{t('now_countered', { time: format.dateTime(claim.due_at) })}</p>
  }
  if (state === 'received' || state === 'incomplete') return null
  return <p>{t(`now_${state}`)}</p>
}
