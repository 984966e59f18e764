import { Button, Checkbox, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, queryKeyOf } from '../../api/client'
import type { Claim } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useMessages } from '../../i18n/messages'
import { claimMessages } from '../../rights/claimMessages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { claimQuery } from './claimQuery'
import { rightsMessages } from './messages'

/** Chooses the episodes that a claim against a whole series is about; the others are shown again. */
export function NarrowForm({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const d = useMessages(consoleMessages)
  const queryClient = useQueryClient()
  const episodes = claim.narrowed_to.length > 0 ? claim.narrowed_to : claim.episodes
  const [chosen, setChosen] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const isProper = chosen.length > 0 && chosen.length < episodes.length
  const narrow = useIdempotentMutation(
    (body: { episode_ids: string[]; reason: string }, header) =>
      client.POST('/api/v1/rights/claims/{claim_id}/narrow', {
        params: { path: { claim_id: claim.id }, header },
        body,
      }),
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
        if (isProper && reason.trim()) narrow.mutate({ episode_ids: chosen, reason })
      }}
    >
      <p>{t('narrowText')}</p>
      <Checkbox.Group
        label={t('narrowEpisodes')}
        value={chosen}
        onChange={setChosen}
        error={submitted && !isProper ? t('narrowNeeded') : undefined}
      >
        {episodes.map(({ id, number, title }) => (
          <Checkbox
            key={id}
            value={id}
            label={c('oneEpisode', { n: number, title })}
            mt="xs"
            color="cinnabar"
          />
        ))}
      </Checkbox.Group>
      <Textarea
        label={t('narrowField')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={1000}
        error={submitted && !reason.trim() ? t('needed') : undefined}
        autosize
        minRows={2}
      />
      <ProblemAlert error={narrow.error} />
      <div className={layout.actions}>
        <Button type="submit" loading={narrow.isPending}>
          {t('narrowSend')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
