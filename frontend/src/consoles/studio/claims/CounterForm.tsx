import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../../../i18n/messages'
import { faultOf, linesOf } from '../../../rights/form'
import { notify } from '../../../ui/Notice'
import { Refusal } from '../../desk/Refusal'
import { useAct } from '../../desk/useAct'
import type { ForwardedClaim } from '../../types'
import { studioClaimMessages } from './messages'
import styles from './StudioClaimPage.module.css'

/** A creator's answer to a claim. */
export function CounterForm({ claim }: { claim: ForwardedClaim }) {
  const t = useMessages(studioClaimMessages)
  const client = useQueryClient()
  const [statement, setStatement] = useState('')
  const [proofs, setProofs] = useState('')
  const [faith, setFaith] = useState(false)
  const [signature, setSignature] = useState('')
  const [tried, setTried] = useState(false)
  const send = useAct<ForwardedClaim>({
    refresh: [['/studio/claims'], ['studio-series', claim.series.id]],
    onDone: (next) => {
      client.setQueryData(['studio-claim', claim.id], next)
      notify(t('sent'))
    },
  })
  const needed = (text: string) => (tried && !text.trim() ? t('needed') : undefined)
  return (
    <form
      className={styles.form}
      aria-labelledby="counter"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!statement.trim() || !signature.trim() || !faith) return
        send.mutate({
          path: `/studio/claims/${claim.id}/counter`,
          body: { statement, proofs: linesOf(proofs), good_faith: faith, signature },
        })
      }}
    >
      <h2 id="counter">{t('counter')}</h2>
      <p className={styles.soft}>{t('counterText')}</p>
      <Textarea
        label={t('statement')}
        description={t('statementHint')}
        value={statement}
        onChange={(event) => setStatement(event.currentTarget.value)}
        maxLength={5000}
        error={needed(statement)}
        autosize
        minRows={4}
      />
      <Textarea
        label={t('proofs')}
        description={t('proofsHint')}
        value={proofs}
        onChange={(event) => setProofs(event.currentTarget.value)}
        error={faultOf(send.error, 'proofs')}
        autosize
        minRows={2}
      />
      <Checkbox
        label={t('faith')}
        checked={faith}
        onChange={(event) => setFaith(event.currentTarget.checked)}
        error={tried && !faith ? t('faithNeeded') : undefined}
      />
      <TextInput
        label={t('signature')}
        value={signature}
        onChange={(event) => setSignature(event.currentTarget.value)}
        maxLength={120}
        error={needed(signature)}
      />
      <Refusal error={send.error} />
      <Button type="submit" loading={send.isPending}>
        {t('send')}
      </Button>
    </form>
  )
}
