import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Problem } from '../api/problem'
import type { FiledNotice } from '../api/types'
import { untyped as api } from '../api/untyped'
import { useIdempotentMutation } from '../consoles/shared/useIdempotentMutation'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Field, TextBox } from '../ui/Field'
import { Page } from '../ui/Page'
import { SealBadge, type SealTone } from '../ui/SealBadge'
import { Spinner } from '../ui/Spinner'
import { showToast } from '../ui/Toast'
import { ClaimHistory, CounterNoticeText, ProofLinks, useTargetText } from './ClaimParts'
import { claimMessages } from './claimMessages'
import { fieldError, formError, splitLines } from './formErrors'
import { rightsMessages } from './messages'
import styles from './Rights.module.css'

const route = getRouteApi('/teahouse/rights/claims/$secret')
const REFETCH_MS = 15_000
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

/** A claimant follows their claim by its secret link. */
export function FiledNoticePage() {
  const t = useMessages(rightsMessages)
  const { secret } = route.useParams()
  const query = useQuery({
    queryKey: ['notice', secret],
    queryFn: ({ signal }) => api.get<FiledNotice>(`/rights/notices/${secret}`, undefined, signal),
    refetchInterval: REFETCH_MS,
  })
  const gone = query.error instanceof Problem && query.error.gone
  return (
    <Page
      title={t('title')}
      narrow
      head={
        query.data && (
          <p className={styles.number}>{t('claimNumber', { number: query.data.number })}</p>
        )
      }
    >
      {query.isPending && <Spinner />}
      {query.isError &&
        (gone ? (
          <EmptyState level={2} title={t('noClaim')}>
            <p>{t('noClaimText')}</p>
          </EmptyState>
        ) : (
          <ErrorState level={2} error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {query.data && <NoticeStatus claim={query.data} secret={secret} />}
    </Page>
  )
}

function NoticeStatus({ claim, secret }: { claim: FiledNotice; secret: string }) {
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

type ClaimantAction = FiledNotice['acts'][number]

/** What the claimant may do now, one form at a time. */
function ClaimantActions({ claim, secret }: { claim: FiledNotice; secret: string }) {
  const t = useMessages(rightsMessages)
  const client = useQueryClient()
  const [open, setOpen] = useState<ClaimantAction | null>(null)
  const mutation = useIdempotentMutation<FiledNotice>({
    onSuccess: (next) => {
      client.setQueryData(['notice', secret], next)
      setOpen(null)
      showToast(t('sent'))
    },
  })
  const send = (action: ClaimantAction, body: unknown = {}) =>
    mutation.mutate({ path: `/rights/notices/${secret}/${action}`, body })
  const toggle = (action: ClaimantAction) => {
    mutation.reset()
    setOpen(open === action ? null : action)
  }
  const generalError = formError(mutation.error)
  if (claim.acts.length === 0) return null
  return (
    <section className={styles.section}>
      <div className={styles.actions}>
        {claim.acts.map((action) => (
          <Button
            key={action}
            look={action === 'supplement' ? 'lamp' : 'line'}
            aria-expanded={open === action}
            onClick={() => toggle(action)}
          >
            {t(action)}
          </Button>
        ))}
      </div>
      {open && claim.acts.includes(open) && (
        <form
          className={styles.panel}
          onSubmit={(event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            const value = (name: string) => String(form.get(name) ?? '').trim()
            if (open === 'withdraw') send('withdraw')
            else if (open === 'suit') send('suit', { note: value('note') })
            else {
              send('supplement', {
                phone: value('phone'),
                address: value('address'),
                work_title: value('work_title'),
                work_place: value('work_place'),
                statement: value('statement'),
                proofs: splitLines(value('proofs')),
              })
            }
          }}
        >
          {open === 'suit' && (
            <>
              <p>{t('suitText')}</p>
              <TextBox
                label={t('suitNote')}
                name="note"
                rows={3}
                maxLength={1000}
                required
                error={fieldError(mutation.error, 'note')}
              />
            </>
          )}
          {open === 'withdraw' && <p>{t('withdrawText')}</p>}
          {open === 'supplement' && <SupplementFields claim={claim} error={mutation.error} />}
          {generalError && (
            <p className={styles.formError} role="alert">
              {generalError}
            </p>
          )}
          <div className={styles.actions}>
            <Button
              type="submit"
              look={open === 'withdraw' ? 'cinnabar' : 'lamp'}
              disabled={mutation.isPending}
            >
              {t(`${open}Send`)}
            </Button>
            {open === 'withdraw' && (
              <Button look="quiet" onClick={() => setOpen(null)}>
                {t('keep')}
              </Button>
            )}
          </div>
        </form>
      )}
    </section>
  )
}

function SupplementFields({ claim, error }: { claim: FiledNotice; error: unknown }) {
  const t = useMessages(rightsMessages)
  const errorOf = (field: string) => fieldError(error, field)
  return (
    <>
      <Field
        label={t('workTitle')}
        name="work_title"
        defaultValue={claim.work_title}
        maxLength={120}
        required
        error={errorOf('work_title')}
      />
      <Field
        label={t('workPlace')}
        name="work_place"
        defaultValue={claim.work_place}
        maxLength={500}
        required
        error={errorOf('work_place')}
      />
      <TextBox
        label={t('statement')}
        name="statement"
        defaultValue={claim.statement}
        rows={5}
        maxLength={5000}
        required
        error={errorOf('statement')}
      />
      <TextBox
        label={t('proofs')}
        hint={t('proofsHint')}
        name="proofs"
        defaultValue={(claim.proofs ?? []).join('\n')}
        rows={3}
        error={errorOf('proofs')}
      />
      <Field
        label={t('address')}
        name="address"
        defaultValue={claim.address}
        maxLength={200}
        required
        error={errorOf('address')}
      />
      <Field
        label={t('phone')}
        name="phone"
        type="tel"
        defaultValue={claim.phone ?? ''}
        maxLength={40}
        error={errorOf('phone')}
      />
    </>
  )
}
