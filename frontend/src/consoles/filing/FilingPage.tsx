import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { Seal } from '../../ui/Seal'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import desk from '../desk/Paper.module.css'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { Filing } from '../types'
import { filingMessages } from './messages'
import { NumberForm } from './NumberForm'
import { RuleTable } from './RuleTable'

/** One series at the filing desk: its number, giving and revoking it, what happened. */
export function FilingPage() {
  const { seriesId } = useParams({ from: '/filing/$seriesId' })
  const query = useQuery({
    queryKey: ['filing', seriesId],
    queryFn: ({ signal }) => api.get<Filing>(`/filing/filings/${seriesId}`, undefined, signal),
  })
  if (query.isPending) return <Lamp />
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  return <FilingSheet key={`${seriesId} ${query.data.changed_at}`} filing={query.data} />
}

function FilingSheet({ filing }: { filing: Filing }) {
  const t = useMessages(filingMessages)
  const format = useFormat()
  const client = useQueryClient()
  usePageTitle(filing.series.title)
  const [form, setForm] = useState<'give' | 'revoke' | null>(null)
  const keep = (next: Filing) => {
    client.setQueryData(['filing', filing.series.id], next)
    void client.invalidateQueries({ queryKey: ['/filing/filings'] })
    setForm(null)
  }
  const demo = useAct<Filing>({ onDone: keep })
  const standing = filing.state === 'in_force' || filing.state === 'number_given'
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
    <main id="content" tabIndex={-1} className={desk.page}>
      <Link to="/filing" className={desk.back}>
        {t('back')}
      </Link>
      <header className={desk.head}>
        {standing && <Seal text="备" tone={filing.demonstration ? 'cinnabar' : 'jade'} size={58} />}
        <div>
          <h1>{filing.series.title}</h1>
          <p className={desk.soft}>
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
      {filing.series.synopsis && <p>{filing.series.synopsis}</p>}
      {facts.length > 0 && (
        <dl className={desk.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {!filing.may_file && <p className={desk.warn}>{t('ownSeries')}</p>}
      <div className={desk.deeds}>
        {filing.may_file && !standing && (
          <Button color="jade" aria-expanded={form === 'give'} onClick={() => setForm('give')}>
            {t(filing.state === 'none' ? 'give' : 'giveNew')}
          </Button>
        )}
        {filing.demonstration_allowed && !standing && (
          <Button
            variant="default"
            loading={demo.isPending}
            title={t('giveDemoText')}
            onClick={() =>
              demo.mutate(
                { path: `/filing/filings/${filing.series.id}/demonstration` },
                { onSuccess: () => notify(t('done')) },
              )
            }
          >
            {t('giveDemo')}
          </Button>
        )}
        {filing.may_file && standing && (
          <Button
            color="cinnabar"
            aria-expanded={form === 'revoke'}
            onClick={() => setForm('revoke')}
          >
            {t('revoke')}
          </Button>
        )}
      </div>
      <Refusal error={demo.error} />
      {form === 'give' && (
        <NumberForm filing={filing} onGiven={keep} onCancel={() => setForm(null)} />
      )}
      {form === 'revoke' && <RevokeForm filing={filing} onRevoked={keep} />}
      <section className={desk.section}>
        <h2>{t('history')}</h2>
        {filing.history.length === 0 && <p className={desk.soft}>{t('noHistory')}</p>}
        <ol className={desk.history}>
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
        <section className={desk.section}>
          <h2>
            {t('rules')} <small>{filing.rule.version}</small>
          </h2>
          <div className={desk.sheet}>
            <RuleTable rule={filing.rule} />
          </div>
        </section>
      )}
    </main>
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
  const [tried, setTried] = useState(false)
  const revoke = useAct<Filing>({
    onDone: (next) => {
      notify(t('revoked'))
      onRevoked(next)
    },
  })
  return (
    <form
      className={desk.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (reason.trim())
          revoke.mutate({ path: `/filing/filings/${filing.series.id}/revoke`, body: { reason } })
      }}
    >
      <p>{t('revokeText')}</p>
      <Textarea
        label={t('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={1000}
        error={tried && !reason.trim() ? t('reasonNeeded') : undefined}
        autosize
        minRows={2}
        autoFocus
      />
      <Refusal error={revoke.error} />
      <Button type="submit" color="cinnabar" loading={revoke.isPending}>
        {t('confirmRevoke')}
      </Button>
    </form>
  )
}
