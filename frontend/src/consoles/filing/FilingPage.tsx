import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { client, queryKeyOf } from '../../api/client'
import type { Filing } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { SealBadge } from '../../ui/SealBadge'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { CorrectionForm } from './CorrectionForm'
import { Corrections } from './Corrections'
import { FilingNumberForm } from './FilingNumberForm'
import { filingMessages } from './messages'
import { filingQuery } from './queries'
import { RuleTable } from './RuleTable'

/** One series in the filing console: its number, giving and revoking it, what happened. */
export function FilingPage() {
  const { seriesId } = useParams({ from: '/filing/$seriesId' })
  const query = useQuery(filingQuery(seriesId))
  if (query.isPending) return <Spinner />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <FilingDetail key={`${seriesId} ${query.data.changed_at}`} filing={query.data} />
}

function FilingDetail({ filing }: { filing: Filing }) {
  const t = useMessages(filingMessages)
  const format = useFormat()
  const queryClient = useQueryClient()
  usePageTitle(filing.series.title)
  const [form, setForm] = useState<'give' | 'correct' | 'revoke' | null>(null)
  const onFilingChanged = (next: Filing) => {
    queryClient.setQueryData(filingQuery(filing.series.id).queryKey, next)
    void queryClient.invalidateQueries({ queryKey: queryKeyOf('/api/v1/filing/filings') })
    setForm(null)
  }
  const demonstration = useIdempotentMutation(
    (_: null, header) =>
      client.POST('/api/v1/filing/filings/{series_id}/demonstration', {
        params: { path: { series_id: filing.series.id }, header },
      }),
    { onSuccess: onFilingChanged },
  )
  const isActive = filing.state === 'in_force' || filing.state === 'number_given'
  const facts: [string, string][] = (
    [
      [t('tier'), filing.tier ? t(`tier_${filing.tier}`) : ''],
      [t('authority'), filing.authority],
      [t('issuedOn'), filing.issued_on ?? ''],
      [t('inForceFrom'), filing.in_force_from ?? ''],
      [t('expiresOn'), filing.expires_on ?? ''],
      [t('theme'), filing.special_theme],
      [t('note'), filing.note],
      [t('reason'), filing.reason],
      [t('by'), filing.by ?? ''],
    ] as [string, string][]
  ).filter(([, value]) => value)

  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <Link to="/filing" className={layout.back}>
        {t('back')}
      </Link>
      <header className={layout.header}>
        {isActive && (
          <SealBadge text="备" tone={filing.demonstration ? 'cinnabar' : 'jade'} size={58} />
        )}
        <div>
          <h1>{filing.series.title}</h1>
          <p className={layout.muted}>
            {filing.series.creator.display_name} · {t(`state_${filing.state}`)}
            {filing.number && (
              <>
                {' · '}
                <strong>{filing.number}</strong>
              </>
            )}
          </p>
        </div>
      </header>
      {filing.retitled && <TitleNotice filing={filing} onConfirmed={onFilingChanged} />}
      {filing.series.synopsis && <p>{filing.series.synopsis}</p>}
      {facts.length > 0 && (
        <dl className={layout.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {!filing.may_file && <p className={layout.warning}>{t('ownSeries')}</p>}
      <div className={layout.actions}>
        {filing.may_file && !isActive && (
          <Button color="jade" aria-expanded={form === 'give'} onClick={() => setForm('give')}>
            {t(filing.state === 'none' ? 'assignNumber' : 'assignNewNumber')}
          </Button>
        )}
        {filing.demonstration_allowed && !isActive && (
          <Button
            variant="default"
            loading={demonstration.isPending}
            title={t('assignDemoNumberText')}
            onClick={() => demonstration.mutate(null, { onSuccess: () => showToast(t('done')) })}
          >
            {t('assignDemoNumber')}
          </Button>
        )}
        {filing.may_file &&
          isActive &&
          !filing.demonstration &&
          !filing.corrections.some(({ state }) => state === 'proposed') && (
            <Button
              variant="default"
              aria-expanded={form === 'correct'}
              onClick={() => setForm('correct')}
            >
              {t('correct')}
            </Button>
          )}
        {filing.may_file && isActive && (
          <Button
            color="cinnabar"
            aria-expanded={form === 'revoke'}
            onClick={() => setForm('revoke')}
          >
            {t('revoke')}
          </Button>
        )}
      </div>
      <ProblemAlert error={demonstration.error} />
      {form === 'give' && (
        <FilingNumberForm
          filing={filing}
          onSaved={onFilingChanged}
          onCancel={() => setForm(null)}
        />
      )}
      {form === 'correct' && (
        <CorrectionForm filing={filing} onSaved={onFilingChanged} onCancel={() => setForm(null)} />
      )}
      {form === 'revoke' && <RevokeForm filing={filing} onRevoked={onFilingChanged} />}
      <Corrections filing={filing} onDecided={onFilingChanged} />
      <section className={layout.section}>
        <h2>{t('history')}</h2>
        {filing.history.length === 0 && <p className={layout.muted}>{t('noHistory')}</p>}
        <ol className={layout.history}>
          {filing.history.map((event) => (
            <li key={`${event.at} ${event.state}`}>
              <time dateTime={event.at}>{format.dateTime(event.at)}</time>
              <span>
                {t(`state_${event.state}`)} {event.number}
                {event.by && ` · ${event.by}`}
                {event.reason && <em> {event.reason}</em>}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {filing.rule && (
        <section className={layout.section}>
          <h2>
            {t('rules')} <small>{filing.rule.version}</small>
          </h2>
          <div className={layout.panel}>
            <RuleTable rule={filing.rule} />
          </div>
        </section>
      )}
    </main>
  )
}

/** The filed title beside the present one, until somebody says that the number stands for both. */
export function TitleNotice({
  filing,
  onConfirmed,
}: {
  filing: Filing
  onConfirmed: (filing: Filing) => void
}) {
  const t = useMessages(filingMessages)
  const confirm = useIdempotentMutation(
    (body: { title: string }, header) =>
      client.POST('/api/v1/filing/filings/{series_id}/confirm-title', {
        params: { path: { series_id: filing.series.id }, header },
        body,
      }),
    {
      onSuccess: (next) => {
        showToast(t('titleConfirmed'))
        onConfirmed(next)
      },
    },
  )
  return (
    <section className={layout.form} aria-label={t('list_retitled')}>
      <p>{t('retitledText')}</p>
      <dl className={layout.facts}>
        <div>
          <dt>{t('filedTitle')}</dt>
          <dd>{filing.filed_title}</dd>
        </div>
        <div>
          <dt>{t('presentTitle')}</dt>
          <dd>
            <strong>{filing.series.title}</strong>
          </dd>
        </div>
      </dl>
      <ProblemAlert error={confirm.error} />
      {filing.may_file && (
        <Button
          color="jade"
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ title: filing.series.title })}
        >
          {t('confirmTitle')}
        </Button>
      )}
    </section>
  )
}

function RevokeForm({
  filing,
  onRevoked,
}: {
  filing: Filing
  onRevoked: (filing: Filing) => void
}) {
  const t = useMessages(filingMessages)
  const [reason, setReason] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const revoke = useIdempotentMutation(
    (body: { reason: string }, header) =>
      client.POST('/api/v1/filing/filings/{series_id}/revoke', {
        params: { path: { series_id: filing.series.id }, header },
        body,
      }),
    {
      onSuccess: (next) => {
        showToast(t('revoked'))
        onRevoked(next)
      },
    },
  )
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (reason.trim()) revoke.mutate({ reason })
      }}
    >
      <p>{t('revokeText')}</p>
      <Textarea
        label={t('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={1000}
        error={submitted && !reason.trim() ? t('reasonNeeded') : undefined}
        autosize
        minRows={2}
        autoFocus
      />
      <ProblemAlert error={revoke.error} />
      <Button type="submit" color="cinnabar" loading={revoke.isPending}>
        {t('confirmRevoke')}
      </Button>
    </form>
  )
}
