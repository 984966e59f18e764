import type { FormEvent } from 'react'
import { fieldError } from '../api/fieldError'
import type { NoticeBody, SeriesDetail } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field, TextBox } from '../ui/Field'
import { formError, splitLines } from './formErrors'
import { rightsMessages } from './messages'
import styles from './Rights.module.css'

/** The notice itself: who complains, of what work, what it is said to copy, and the signature. */
export function NoticeForm({
  series,
  error,
  isSubmitting,
  onSubmit,
}: {
  series: SeriesDetail
  error: unknown
  isSubmitting: boolean
  onSubmit: (notice: NoticeBody) => void
}) {
  const t = useMessages(rightsMessages)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const value = (name: string) => String(form.get(name) ?? '').trim()
    onSubmit({
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
    })
  }
  const errorOf = (field: string) => fieldError(error, field)
  const generalError = formError(error)
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
        <Button type="submit" className={styles.submit} disabled={isSubmitting}>
          {t('send')}
        </Button>
      </form>
    </>
  )
}
