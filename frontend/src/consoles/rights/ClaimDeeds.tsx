import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { Claim, Jurisdiction } from '../types'
import { rightsMessages } from './messages'

type Deed = Claim['acts'][number]
/** Acts that take a work from its viewers. */
const GRAVE: ReadonlySet<Deed> = new Set(['complete', 'uphold'])
/** What the words of each act are called on the wire; none: it has none. */
const FIELDS: Record<Deed, 'missing' | 'reason' | 'note' | null> = {
  complete: null,
  incomplete: 'missing',
  uphold: 'reason',
  reject: 'reason',
  suit: 'note',
  extend: 'note',
}
const MOST: Record<'missing' | 'reason' | 'note', number> = {
  missing: 2000,
  reason: 2000,
  note: 1000,
}

/** What the desk may do with a claim now, one form at a time. */
export function ClaimDeeds({ claim }: { claim: Claim }) {
  const t = useMessages(rightsMessages)
  const [open, setOpen] = useState<Deed | null>(null)
  if (claim.acts.length === 0) return <p className={desk.soft}>{t('ended')}</p>
  if (!claim.may_decide) return <p className={desk.warn}>{t('ownSeries')}</p>
  return (
    <>
      {claim.state === 'standing' && !claim.suit_at && (
        <p className={desk.soft}>{t('waitsForCreator')}</p>
      )}
      <div className={desk.deeds}>
        {claim.acts.map((deed) => (
          <Button
            key={deed}
            variant={deed === 'complete' ? 'filled' : 'default'}
            color="cinnabar"
            aria-expanded={open === deed}
            onClick={() => setOpen(open === deed ? null : deed)}
          >
            {t(deed)}
          </Button>
        ))}
      </div>
      {open && claim.acts.includes(open) && (
        <DeedForm key={open} deed={open} claim={claim} onDone={() => setOpen(null)} />
      )}
    </>
  )
}

function DeedForm({ deed, claim, onDone }: { deed: Deed; claim: Claim; onDone: () => void }) {
  const t = useMessages(rightsMessages)
  const d = useMessages(deskMessages)
  const client = useQueryClient()
  const [words, setWords] = useState('')
  const [kind, setKind] = useState(claim.terms.kind)
  const [tried, setTried] = useState(false)
  const field = FIELDS[deed]
  const act = useAct<Claim>({
    refresh: [['/rights/claims'], ['/rights/blocks']],
    onDone: (next) => {
      client.setQueryData(['claim', claim.id], next)
      notify(t('done'))
      onDone()
    },
  })
  return (
    <form
      className={desk.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (field && !words.trim()) return
        const body = field ? { [field]: words } : { profile_kind: kind }
        act.mutate({ path: `/rights/claims/${claim.id}/${deed}`, body })
      }}
    >
      <p>{t(`${deed}Text`)}</p>
      {deed === 'complete' ? (
        <Rules kind={kind} onChoose={setKind} />
      ) : (
        <Textarea
          label={t(`${deed}Field`)}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={field ? MOST[field] : undefined}
          error={tried && !words.trim() ? t('needed') : undefined}
          autosize
          minRows={2}
          autoFocus
        />
      )}
      <Refusal error={act.error} />
      <div className={desk.deeds}>
        <Button
          type="submit"
          color={GRAVE.has(deed) ? 'cinnabar' : undefined}
          loading={act.isPending}
        >
          {t(`${deed}Send`)}
        </Button>
        <Button variant="default" onClick={onDone}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** By whose rules a claim goes: one name for each jurisdiction. */
function Rules({ kind, onChoose }: { kind: string; onChoose: (kind: string) => void }) {
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
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={kinds.size ? [...kinds].map(([value, label]) => ({ value, label })) : [kind]}
      autoFocus
    />
  )
}
