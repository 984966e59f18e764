import type { ReactNode } from 'react'
import type { FiledNotice } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { SealBadge, type SealTone } from '../ui/SealBadge'
import { ClaimantActions } from './ClaimantActions'
import { ClaimHistory, CounterNoticeText, ProofLinks, useTargetText } from './ClaimParts'
import { claimMessages } from './claimMessages'
import { rightsMessages } from './messages'
import styles from './Rights.module.css'

const SEALS: Record<FiledNotice['state'], [string, SealTone]> = {
  received: ['收', 'hollow'],
  incomplete: ['补', 'hollow'],
  standing: ['撤', 'cinnabar'],
  countered: ['辩', 'hollow'],
  restored: ['复', 'hollow'],
  withdrawn: ['回', 'hollow'],
  rejected: ['否', 'hollow'],
  upheld: ['成', 'jade'],
}

/** Where a filed notice stands, what its claimant may do, its history, and what was written. */
export function NoticeStatus({ claim, secret }: { claim: FiledNotice; secret: string }) {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const format = useFormat()
  const targetText = useTargetText()
  const last = claim.history.at(-1)
  const [seal, tone] = SEALS[claim.state]
  const time = claim.due_at ? format.dateTime(claim.due_at) : ''
  return (
    <>
      <section className={styles.status} aria-live="polite">
        <SealBadge text={seal} tone={tone} size={52} />
        <div>
          <h2>{c(`state_${claim.state}`)}</h2>
          <p>
            {claim.suit_at && (claim.state === 'standing' || claim.state === 'countered')
              ? t('now_suit')
              : t(`now_${claim.state}`, { time })}
          </p>
          {claim.due_provisional && <p className={styles.muted}>{c('provisional')}</p>}
        </div>
      </section>
      {last?.note && <p className={`${styles.note} ${styles.section}`}>{last.note}</p>}
      {claim.counter_notice && (
        <section className={styles.section}>
          <h2>{c('counterNotice')}</h2>
          <CounterNoticeText counter={claim.counter_notice} />
        </section>
      )}
      <ClaimantActions claim={claim} secret={secret} />
      <section className={styles.section}>
        <h2>{c('history')}</h2>
        <ClaimHistory steps={claim.history} />
      </section>
      <section className={styles.section}>
        <h2>{t('written')}</h2>
        <dl className={styles.facts}>
          <Fact name={c('target')}>
            {t('about', { title: claim.series.title })} · {targetText(claim)}
          </Fact>
          <Fact name={c('claimant')}>{claim.claimant_name}</Fact>
          <Fact name={c('work')}>{claim.work_title}</Fact>
          <Fact name={c('workPlace')}>{claim.work_place}</Fact>
          <Fact name={t('contact')} wide>
            {[claim.email, claim.phone, claim.address].filter(Boolean).join(' · ')}
          </Fact>
          <Fact name={c('statement')} wide>
            {claim.statement}
          </Fact>
        </dl>
        <ProofLinks links={claim.proofs ?? []} />
      </section>
    </>
  )
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? styles.wide : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
