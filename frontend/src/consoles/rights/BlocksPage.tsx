import { Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { Lists } from '../desk/Lists'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import { usePages } from '../desk/usePages'
import type { Block } from '../types'
import { BlockForm } from './BlockForm'
import { rightsMessages } from './messages'
import { Rooms } from './Rooms'

const STATES = ['standing', 'lifted'] as const

/** Copyright blocks, and the way to a new one. */
export function BlocksPage() {
  const t = useMessages(rightsMessages)
  const d = useMessages(deskMessages)
  usePageTitle(t('desk'))
  const [state, setState] = useState<(typeof STATES)[number]>('standing')
  const [blocking, setBlocking] = useState(false)
  const list = usePages<Block>('/rights/blocks', { state })
  return (
    <main id="content" tabIndex={-1} className={desk.page}>
      <h1>{t('desk')}</h1>
      <Rooms />
      <div className={desk.deeds}>
        <Button color="cinnabar" aria-expanded={blocking} onClick={() => setBlocking(!blocking)}>
          {t('block')}
        </Button>
      </div>
      {blocking && <BlockForm onDone={() => setBlocking(false)} />}
      <Lists
        label={t('blocks')}
        lists={STATES.map((name) => ({ name, label: t(`list_${name}`) }))}
        chosen={state}
        onChoose={setState}
      />
      {list.isPending && <Lamp small />}
      {list.isError && <Failed level={2} error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <p className={desk.empty}>{t('empty')}</p>}
      <ul className={desk.cards}>
        {list.items.map((block) => (
          <li key={block.id}>
            <BlockCard block={block} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
    </main>
  )
}

function BlockCard({ block }: { block: Block }) {
  const t = useMessages(rightsMessages)
  const format = useFormat()
  const [lifting, setLifting] = useState(false)
  return (
    <article className={desk.card}>
      <h2>{block.series.title}</h2>
      <p className={desk.soft}>
        {block.series.creator.display_name} ·{' '}
        {block.cut
          ? t('oneCut', { episode: block.cut.episode_number, cut: block.cut.number })
          : t('wholeSeries')}{' '}
        · {t('by', { name: block.by, time: format.dateTime(block.created_at) })}
      </p>
      <p>{block.reason}</p>
      {block.claim_id ? (
        <p>
          <Link
            to="/rights/desk/$claimId"
            params={{ claimId: block.claim_id }}
            className={desk.title}
          >
            {t('ofClaim', { number: block.claim_number ?? '' })}
          </Link>
        </p>
      ) : (
        <p className={desk.pre}>{block.evidence}</p>
      )}
      {block.lifted_at ? (
        <p className={desk.good}>
          {block.lifted_by
            ? t('liftedBy', { name: block.lifted_by, time: format.dateTime(block.lifted_at) })
            : t('liftedWithClaim', { time: format.dateTime(block.lifted_at) })}
          {!block.claim_id && block.lift_reason && ` · ${block.lift_reason}`}
        </p>
      ) : block.claim_id ? null : (
        <div className={desk.deeds}>
          <Button variant="default" aria-expanded={lifting} onClick={() => setLifting(!lifting)}>
            {t('lift')}
          </Button>
        </div>
      )}
      {lifting && !block.lifted_at && <LiftForm block={block} />}
    </article>
  )
}

function LiftForm({ block }: { block: Block }) {
  const t = useMessages(rightsMessages)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const lift = useAct<Block>({ refresh: [['/rights/blocks']], onDone: () => notify(t('lifted')) })
  return (
    <form
      className={desk.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (reason.trim())
          lift.mutate({ path: `/rights/blocks/${block.id}/lift`, body: { reason } })
      }}
    >
      <TextInput
        label={t('liftReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        error={tried && !reason.trim() ? t('needed') : undefined}
        autoFocus
      />
      <Refusal error={lift.error} />
      <Button type="submit" loading={lift.isPending}>
        {t('confirmLift')}
      </Button>
    </form>
  )
}
