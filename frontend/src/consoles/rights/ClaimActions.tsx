import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { useIdempotentMutation } from '../shared/useIdempotentMutation'
import type { Claim, Jurisdiction } from '../types'
import { rightsMessages } from './messages'

type ClaimAction = Claim['acts'][number]
/** Acts that take a work from its viewers. */
const DESTRUCTIVE_ACTIONS: ReadonlySet<ClaimAction> = new Set(['complete', 'uphold'])
/** What the words of each act are called on the wire; none: it has none. */
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

/** What the desk may do with a claim now, one form at a time. */
export function ClaimActions({ claim }: { claim: Claim }) {
  const t = useMessages(rightsMessages)
  const [open, setOpen] = useState<ClaimAction | null>(null)
  if (claim.acts.length === 0) return <p className={layout.muted}>{t('ended')}</p>
  if (!claim.may_decide) return <p className={layout.warning}>{t('ownSeries')}</p>
  return (
    <>
      {claim.state === 'standing' && !claim.suit_at && (
        <p className={layout.muted}>{t('waitsForCreator')}</p>
      )}
      <div className={layout.actions}>
        {claim.acts.map((action) => (
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
      {open && claim.acts.includes(open) && (
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
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [kind, setKind] = useState(claim.terms.kind)
  const [submitted, setSubmitted] = useState(false)
  const field = TEXT_FIELDS[action]
  const mutation = useIdempotentMutation<Claim>({
    invalidates: [['/rights/claims'], ['/rights/blocks']],
    onSuccess: (next) => {
      client.setQueryData(['claim', claim.id], next)
      showToast(t('done'))
      onClose()
    },
  })
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (field && !text.trim()) return
        const body = field ? { [field]: text } : { profile_kind: kind }
        mutation.mutate({ path: `/rights/claims/${claim.id}/${action}`, body })
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
  const profiles = useQuery({
    queryKey: ['rights-profiles'],
    queryFn: ({ signal }) => api.get<Jurisdiction[]>('/rights/profiles', undefined, signal),
  })
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
