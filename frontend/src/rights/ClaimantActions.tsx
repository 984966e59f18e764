import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client'
import { fieldError } from '../api/fieldError'
import type { FiledNotice, SupplementBody } from '../api/types'
import { useIdempotentMutation } from '../api/useIdempotentMutation'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { TextBox } from '../ui/Field'
import { showToast } from '../ui/Toast'
import { filedNoticeQuery } from './filedNoticeQuery'
import { formError, splitLines } from './formErrors'
import { rightsMessages } from './messages'
import styles from './Rights.module.css'
import { SupplementFields } from './SupplementFields'

type ClaimantAction = FiledNotice['actions'][number]

type ClaimantRequest =
  | { action: 'withdraw' }
  | { action: 'suit'; body: { note: string } }
  | { action: 'supplement'; body: SupplementBody }

function sendRequest(
  secret: string,
  request: ClaimantRequest,
  header: { 'Idempotency-Key': string },
): Promise<{ data?: FiledNotice }> {
  const params = { path: { secret }, header }
  switch (request.action) {
    case 'withdraw':
      return client.POST('/api/v1/rights/notices/{secret}/withdraw', { params })
    case 'suit':
      return client.POST('/api/v1/rights/notices/{secret}/suit', { params, body: request.body })
    case 'supplement':
      return client.POST('/api/v1/rights/notices/{secret}/supplement', {
        params,
        body: request.body,
      })
  }
}

/** What the claimant may do now, one form at a time. */
export function ClaimantActions({ claim, secret }: { claim: FiledNotice; secret: string }) {
  const t = useMessages(rightsMessages)
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<ClaimantAction | null>(null)
  const mutation = useIdempotentMutation(
    (request: ClaimantRequest, header) => sendRequest(secret, request, header),
    {
      onSuccess: (next) => {
        queryClient.setQueryData(filedNoticeQuery(secret).queryKey, next)
        setOpen(null)
        showToast(t('sent'))
      },
    },
  )
  const toggle = (action: ClaimantAction) => {
    mutation.reset()
    setOpen(open === action ? null : action)
  }
  const generalError = formError(mutation.error)
  if (claim.actions.length === 0) return null
  return (
    <section className={styles.section}>
      <div className={styles.actions}>
        {claim.actions.map((action) => (
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
      {open && claim.actions.includes(open) && (
        <form
          className={styles.panel}
          onSubmit={(event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            const value = (name: string) => String(form.get(name) ?? '').trim()
            if (open === 'withdraw') mutation.mutate({ action: 'withdraw' })
            else if (open === 'suit')
              mutation.mutate({ action: 'suit', body: { note: value('note') } })
            else {
              mutation.mutate({
                action: 'supplement',
                body: {
                  phone: value('phone'),
                  address: value('address'),
                  work_title: value('work_title'),
                  work_place: value('work_place'),
                  statement: value('statement'),
                  proofs: splitLines(value('proofs')),
                },
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
