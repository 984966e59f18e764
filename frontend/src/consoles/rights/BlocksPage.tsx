import { Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, BY_CURSOR, client, queryKeyOf } from '../../api/client'
import type { Block } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { FilterTabs } from '../shared/FilterTabs'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { BlockForm } from './BlockForm'
import { rightsMessages } from './messages'
import { RightsNav } from './RightsNav'

const STATES = ['standing', 'lifted'] as const

/** Copyright blocks, and the way to a new one. */
export function BlocksPage() {
  const t = useMessages(rightsMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('pageTitle'))
  const [state, setState] = useState<(typeof STATES)[number]>('standing')
  const [isBlocking, setIsBlocking] = useState(false)
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/rights/blocks',
      { params: { query: { state } } },
      BY_CURSOR,
    ),
  )
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <h1>{t('pageTitle')}</h1>
      <RightsNav />
      <div className={layout.actions}>
        <Button
          color="cinnabar"
          aria-expanded={isBlocking}
          onClick={() => setIsBlocking(!isBlocking)}
        >
          {t('block')}
        </Button>
      </div>
      {isBlocking && <BlockForm onClose={() => setIsBlocking(false)} />}
      <FilterTabs
        label={t('blocks')}
        tabs={STATES.map((name) => ({ name, label: t(`list_${name}`) }))}
        selected={state}
        onSelect={setState}
      />
      {list.isPending && <Spinner small />}
      {list.isError && (
        <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && list.items.length === 0 && <p className={layout.empty}>{t('empty')}</p>}
      <ul className={layout.cards}>
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
  const [isLifting, setIsLifting] = useState(false)
  return (
    <article className={layout.card}>
      <h2>{block.series.title}</h2>
      <p className={layout.muted}>
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
            className={layout.title}
          >
            {t('ofClaim', { number: block.claim_number ?? '' })}
          </Link>
        </p>
      ) : (
        <p className={layout.preformatted}>{block.evidence}</p>
      )}
      {block.lifted_at ? (
        <p className={layout.success}>
          {block.lifted_by
            ? t('liftedBy', { name: block.lifted_by, time: format.dateTime(block.lifted_at) })
            : t('liftedWithClaim', { time: format.dateTime(block.lifted_at) })}
          {!block.claim_id && block.lift_reason && ` · ${block.lift_reason}`}
        </p>
      ) : block.claim_id ? null : (
        <div className={layout.actions}>
          <Button
            variant="default"
            aria-expanded={isLifting}
            onClick={() => setIsLifting(!isLifting)}
          >
            {t('lift')}
          </Button>
        </div>
      )}
      {isLifting && !block.lifted_at && <LiftForm block={block} />}
    </article>
  )
}

function LiftForm({ block }: { block: Block }) {
  const t = useMessages(rightsMessages)
  const [reason, setReason] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const lift = useIdempotentMutation(
    (body: { reason: string }, header) =>
      client.POST('/api/v1/rights/blocks/{block_id}/lift', {
        params: { path: { block_id: block.id }, header },
        body,
      }),
    { invalidates: [queryKeyOf('/api/v1/rights/blocks')], onSuccess: () => showToast(t('lifted')) },
  )
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (reason.trim()) lift.mutate({ reason })
      }}
    >
      <TextInput
        label={t('liftReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        error={submitted && !reason.trim() ? t('needed') : undefined}
        autoFocus
      />
      <ProblemAlert error={lift.error} />
      <Button type="submit" loading={lift.isPending}>
        {t('confirmLift')}
      </Button>
    </form>
  )
}
