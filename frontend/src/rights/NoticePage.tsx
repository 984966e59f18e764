import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef } from 'react'
import { Problem } from '../api/problem'
import type { NoticeFiled, SeriesDetail } from '../api/types'
import { seriesQuery } from '../catalog/queries'
import { useIdempotentMutation } from '../consoles/shared/useIdempotentMutation'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { ErrorState } from '../ui/ErrorState'
import { Field, TextBox } from '../ui/Field'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import { showToast } from '../ui/Toast'
import { fieldError, formError, splitLines } from './formErrors'
import { rightsMessages } from './messages'
import styles from './Rights.module.css'

const route = getRouteApi('/teahouse/rights/notice')

/** A rightholder complains of a play; no account is needed. */
export function NoticePage() {
  const t = useMessages(rightsMessages)
  const { series: seriesId = '' } = route.useSearch()
  return (
    <Page title={t('title')} narrow>
      <NoticeFlow key={seriesId} seriesId={seriesId} />
    </Page>
  )
}

function NoticeFlow({ seriesId }: { seriesId: string }) {
  const t = useMessages(rightsMessages)
  const series = useQuery({ ...seriesQuery(seriesId), enabled: seriesId !== '' })
  const file = useIdempotentMutation<NoticeFiled>()
  // The secret link is told only once: it stays whatever becomes of the series, as does a half-written notice.
  if (file.data) return <NoticeReceipt filed={file.data} />
  if (series.data) return <NoticeForm series={series.data} file={file} />
  const gone = series.error instanceof Problem && series.error.gone
  if (seriesId === '' || gone) {
    return (
      <EmptyState
        level={2}
        title={t(gone ? 'gone' : 'noSeries')}
        actions={
          <Link to="/theatre" className={buttonClass()}>
            {t('toTheatre')}
          </Link>
        }
      >
        <p>{t(gone ? 'goneText' : 'noSeriesText')}</p>
      </EmptyState>
    )
  }
  if (series.isError)
    return <ErrorState level={2} error={series.error} onRetry={() => void series.refetch()} />
  return <Spinner />
}

function NoticeForm({
  series,
  file,
}: {
  series: SeriesDetail
  file: ReturnType<typeof useIdempotentMutation<NoticeFiled>>
}) {
  const t = useMessages(rightsMessages)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const value = (name: string) => String(form.get(name) ?? '').trim()
    file.mutate({
      path: '/rights/notices',
      body: {
        series_id: series.id,
        episode_id: value('target') || null,
        claimant_name: value('claimant_name'),
        email: value('email'),
        phone: value('phone'),
        address: value('address'),
        work_title: value('work_title'),
        work_place: value('work_place'),
        statement: value('statement'),
        proofs: splitLines(value('proofs')),
        good_faith: form.get('good_faith') === 'on',
        signature: value('signature'),
      },
    })
  }
  const errorOf = (field: string) => fieldError(file.error, field)
  const generalError = formError(file.error)
  return (
    <>
      <p className={styles.intro}>{t('intro', { title: series.title })}</p>
      <form className={styles.form} onSubmit={send}>
        <fieldset>
          <legend>{t('you')}</legend>
          <Field
            label={t('name')}
            hint={t('nameHint')}
            name="claimant_name"
            autoComplete="organization"
            maxLength={120}
            required
            error={errorOf('claimant_name')}
          />
          <div className={styles.pair}>
            <Field
              label={t('email')}
              hint={t('contactHint')}
              name="email"
              type="email"
              autoComplete="email"
              required
              error={errorOf('email')}
            />
            <Field
              label={t('phone')}
              name="phone"
              type="tel"
              autoComplete="tel"
              maxLength={40}
              error={errorOf('phone')}
            />
          </div>
          <Field
            label={t('address')}
            hint={t('contactHint')}
            name="address"
            autoComplete="street-address"
            maxLength={200}
            required
            error={errorOf('address')}
          />
        </fieldset>
        <fieldset>
          <legend>{t('theirs')}</legend>
          <Field
            label={t('workTitle')}
            name="work_title"
            maxLength={120}
            required
            error={errorOf('work_title')}
          />
          <Field
            label={t('workPlace')}
            hint={t('workPlaceHint')}
            name="work_place"
            maxLength={500}
            required
            error={errorOf('work_place')}
          />
        </fieldset>
        <fieldset>
          <legend>{t('taken')}</legend>
          <div className={styles.options}>
            <label className={styles.option}>
              <input type="radio" name="target" value="" defaultChecked />
              {t('whole')}
            </label>
            {series.episodes.map((episode) => (
              <label key={episode.id} className={styles.option}>
                <input type="radio" name="target" value={episode.id} />
                {t('episode', { n: episode.number, title: episode.title })}
              </label>
            ))}
          </div>
          <TextBox
            label={t('statement')}
            hint={t('statementHint')}
            name="statement"
            rows={5}
            maxLength={5000}
            required
            error={errorOf('statement')}
          />
          <TextBox
            label={t('proofs')}
            hint={t('proofsHint')}
            name="proofs"
            rows={3}
            inputMode="url"
            error={errorOf('proofs')}
          />
        </fieldset>
        <fieldset>
          <legend>{t('signature')}</legend>
          <div>
            <label className={styles.option}>
              <input type="checkbox" name="good_faith" required />
              {t('faith')}
            </label>
            {errorOf('good_faith') && (
              <p className={styles.error} role="alert">
                {t('faithNeeded')}
              </p>
            )}
          </div>
          <Field
            label={t('signature')}
            hint={t('signatureHint')}
            name="signature"
            autoComplete="name"
            maxLength={120}
            required
            error={errorOf('signature')}
          />
        </fieldset>
        {generalError && (
          <p className={styles.formError} role="alert">
            {generalError}
          </p>
        )}
        <Button type="submit" className={styles.submit} disabled={file.isPending}>
          {t('send')}
        </Button>
      </form>
    </>
  )
}

function NoticeReceipt({ filed }: { filed: NoticeFiled }) {
  const t = useMessages(rightsMessages)
  const heading = useRef<HTMLHeadingElement>(null)
  const link = `${location.origin}/rights/claims/${filed.secret}`
  useEffect(() => {
    heading.current?.focus()
    scrollTo(0, 0)
  }, [])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      showToast(t('copied'))
    } catch {
      showToast(t('copyFailed'))
    }
  }
  return (
    <section className={styles.receipt}>
      <h2 ref={heading} tabIndex={-1}>
        {t('done')}
      </h2>
      <p>{t('doneText', { number: filed.number })}</p>
      <Field
        label={t('link')}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.actions}>
        <Button onClick={() => void copy()}>{t('copy')}</Button>
        <Link
          to="/rights/claims/$secret"
          params={{ secret: filed.secret }}
          className={buttonClass('line')}
        >
          {t('follow')}
        </Link>
      </div>
    </section>
  )
}
