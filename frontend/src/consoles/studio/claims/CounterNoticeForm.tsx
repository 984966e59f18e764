import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, queryKeyOf } from '../../../api/client'
import { fieldError } from '../../../api/fieldError'
import type { CounterNoticeBody, ForwardedClaim } from '../../../api/types'
import { useIdempotentMutation } from '../../../api/useIdempotentMutation'
import { useMessages } from '../../../i18n/messages'
import { splitLines } from '../../../rights/formErrors'
import { showToast } from '../../../ui/Toast'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { studioClaimQuery, studioSeriesQuery } from '../queries'
import { studioClaimMessages } from './messages'
import styles from './StudioClaimPage.module.css'

/** A creator's answer to a claim. */
export function CounterNoticeForm({ claim }: { claim: ForwardedClaim }) {
  const t = useMessages(studioClaimMessages)
  const queryClient = useQueryClient()
  const [statement, setStatement] = useState('')
  const [proofs, setProofs] = useState('')
  const [goodFaith, setGoodFaith] = useState(false)
  const [signature, setSignature] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const send = useIdempotentMutation(
    (body: CounterNoticeBody, header) =>
      client.POST('/api/v1/studio/claims/{claim_id}/counter', {
        params: { path: { claim_id: claim.id }, header },
        body,
      }),
    {
      invalidates: [
        queryKeyOf('/api/v1/studio/claims'),
        studioSeriesQuery(claim.series.id).queryKey,
      ],
      onSuccess: (next) => {
        queryClient.setQueryData(studioClaimQuery(claim.id).queryKey, next)
        showToast(t('sent'))
      },
    },
  )
  const requiredError = (text: string) => (submitted && !text.trim() ? t('needed') : undefined)
  return (
    <form
      className={styles.form}
      aria-labelledby="counter"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (!statement.trim() || !signature.trim() || !goodFaith) return
        send.mutate({ statement, proofs: splitLines(proofs), good_faith: goodFaith, signature })
      }}
    >
      <h2 id="counter">{t('counter')}</h2>
      <p className={styles.muted}>{t('counterText')}</p>
      <Textarea
        label={t('statement')}
        description={t('statementHint')}
        value={statement}
        onChange={(event) => setStatement(event.currentTarget.value)}
        maxLength={5000}
        error={requiredError(statement)}
        autosize
        minRows={4}
      />
      <Textarea
        label={t('proofs')}
        description={t('proofsHint')}
        value={proofs}
        onChange={(event) => setProofs(event.currentTarget.value)}
        error={fieldError(send.error, 'proofs')}
        autosize
        minRows={2}
      />
      <Checkbox
        label={t('faith')}
        checked={goodFaith}
        onChange={(event) => setGoodFaith(event.currentTarget.checked)}
        error={submitted && !goodFaith ? t('faithNeeded') : undefined}
      />
      <TextInput
        label={t('signature')}
        value={signature}
        onChange={(event) => setSignature(event.currentTarget.value)}
        maxLength={120}
        error={requiredError(signature)}
      />
      <ProblemAlert error={send.error} />
      <Button type="submit" loading={send.isPending}>
        {t('send')}
      </Button>
    </form>
  )
}
