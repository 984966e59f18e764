import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, queryKeyOf } from '../../api/client'
import type { Claim } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { claimQuery } from './claimQuery'
import { rightsMessages } from './messages'
import { NarrowForm } from './NarrowForm'

/** Actions with one text, or a jurisdiction; `narrow` has a form of its own. */
type ClaimAction = Exclude<Claim['actions'][number], 'narrow'>
/** Acts that take a work from its viewers. */
const DESTRUCTIVE_ACTIONS: ReadonlySet<ClaimAction> = new Set(['complete', 'uphold'])
/** Under which name the text of each action is sent; null: it has none. */
const TEXT_FIELDS: Record<ClaimAction, 'missing' | 'reason' | 'note' | null> = {
  complete: null,
  incomplete: 'missing',
  uphold: 'reason',
  reject: 'reason',
  suit: 'note',
  extend: 'note',
}
const MAX_LENGTHS: Record<'missing' | 'reason' | 'note', number> = {
  missing: 2000,
  reason: 2000,
  note: 1000,
}

/** Sends an action with its text or, for `complete`, the jurisdiction whose terms apply. */
function sendAction(
  claimId: string,
  { action, text }: { action: ClaimAction; text: string },
  header: { 'Idempotency-Key': string },
): Promise<{ data?: Claim }> {
  const params = { path: { claim_id: claimId }, header }
  switch (action) {
    case 'complete':
      return client.POST('/api/v1/rights/claims/{claim_id}/complete', {
        params,
        body: { profile_kind: text },
      })
    case 'incomplete':
      return client.POST('/api/v1/rights/claims/{claim_id}/incomplete', {
        params,
        body: { missing: text },
      })
    case 'uphold':
      return client.POST('/api/v1/rights/claims/{claim_id}/uphold', {
        params,
        body: { reason: text },
      })
    case 'reject':
      return client.POST('/api/v1/rights/claims/{claim_id}/reject', {
        params,
        body: { reason: text },
      })
    case 'suit':
      return client.POST('/api/v1/rights/claims/{claim_id}/suit', { params, body: { note: text } })
    case 'extend':
      return client.POST('/api/v1/rights/claims/{claim_id}/extend', {
        params,
        body: { note: text },
      })
  }
}

/** What may be done with a claim now, one form at a time. */
export function ClaimActions({ claim }: { claim: Claim }) {
  const t = useMessages(rightsMessages)
  const [open, setOpen] = useState<Claim['actions'][number] | null>(null)
  if (claim.actions.length === 0) return <p className={layout.muted}>{t('ended')}</p>
  if (!claim.may_decide) return <p className={layout.warning}>{t('ownSeries')}</p>
  return (
    <>
      {claim.state === 'standing' && !claim.suit_at && (
        <p className={layout.muted}>{t('waitsForCreator')}</p>
      )}
      <div className={layout.actions}>
        {claim.actions.map((action) => (
          <Button
            key={action}
            variant={action === 'complete' ? 'filled' : 'default'}
            color="cinnabar"
            aria-expanded={open === action}
            onClick={() => setOpen(open === action ? null : action)}
          >
            {t(action)}
          </Button>
        ))}
      </div>
      {open === 'narrow' && claim.actions.includes(open) && (
        <NarrowForm claim={claim} onClose={() => setOpen(null)} />
      )}
      {open && open !== 'narrow' && claim.actions.includes(open) && (
        <ClaimActionForm key={open} action={open} claim={claim} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

function ClaimActionForm({
  action,
  claim,
  onClose,
}: {
  action: ClaimAction
  claim: Claim
  onClose: () => void
}) {
  const t = useMessages(rightsMessages)
  const d = useMessages(consoleMessages)
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const [kind, setKind] = useState(claim.terms.kind)
  const [submitted, setSubmitted] = useState(false)
  const field = TEXT_FIELDS[action]
  const mutation = useIdempotentMutation(
    (text: string, header) => sendAction(claim.id, { action, text }, header),
    {
      invalidates: [queryKeyOf('/api/v1/rights/claims'), queryKeyOf('/api/v1/rights/blocks')],
      onSuccess: (next) => {
        queryClient.setQueryData(claimQuery(claim.id).queryKey, next)
        showToast(t('done'))
        onClose()
      },
    },
  )
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (field && !text.trim()) return
        mutation.mutate(field ? text : kind)
      }}
    >
      <p>{t(`${action}Text`)}</p>
      {action === 'complete' ? (
        <JurisdictionSelect kind={kind} onSelect={setKind} />
      ) : (
        <Textarea
          label={t(`${action}Field`)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={field ? MAX_LENGTHS[field] : undefined}
          error={submitted && !text.trim() ? t('needed') : undefined}
          autosize
          minRows={2}
          autoFocus
        />
      )}
      <ProblemAlert error={mutation.error} />
      <div className={layout.actions}>
        <Button
          type="submit"
          color={DESTRUCTIVE_ACTIONS.has(action) ? 'cinnabar' : undefined}
          loading={mutation.isPending}
        >
          {t(`${action}Send`)}
        </Button>
        <Button variant="default" onClick={onClose}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** By whose rules a claim goes: one name for each jurisdiction. */
function JurisdictionSelect({
  kind,
  onSelect,
}: {
  kind: string
  onSelect: (kind: string) => void
}) {
  const t = useMessages(rightsMessages)
  const language = useLanguage()
  const profiles = api.useQuery('get', '/api/v1/rights/profiles')
  // Of each kind the first is the newest.
  const kinds = new Map<string, string>()
  for (const profile of profiles.data ?? []) {
    if (!kinds.has(profile.kind)) kinds.set(profile.kind, profile.terms[language])
  }
  return (
    <NativeSelect
      label={t('profile')}
      value={kind}
      onChange={(event) => onSelect(event.currentTarget.value)}
      data={kinds.size ? [...kinds].map(([value, label]) => ({ value, label })) : [kind]}
      autoFocus
    />
  )
}
