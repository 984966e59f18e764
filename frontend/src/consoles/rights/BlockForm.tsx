import { Button, Radio, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { api, client, queryKeyOf } from '../../api/client'
import type { BlockBody } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { rightsMessages } from './messages'

const DEBOUNCE_MS = 300

/** Blocks a series that is found by its title. */
export function BlockForm({ onClose }: { onClose: () => void }) {
  const t = useMessages(rightsMessages)
  const d = useMessages(consoleMessages)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), DEBOUNCE_MS)
  const [seriesId, setSeriesId] = useState('')
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const searchResults = api.useQuery(
    'get',
    '/api/v1/series',
    { params: { query: { q, limit: 20 } } },
    { enabled: q !== '' },
  )
  const block = useIdempotentMutation(
    (body: BlockBody, header) => client.POST('/api/v1/rights/blocks', { params: { header }, body }),
    {
      invalidates: [queryKeyOf('/api/v1/rights/blocks')],
      onSuccess: () => {
        showToast(t('blocked'))
        onClose()
      },
    },
  )
  const requiredError = (text: string) => (submitted && !text.trim() ? t('needed') : undefined)
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (seriesId && reason.trim() && evidence.trim()) {
          block.mutate({ series_id: seriesId, reason, evidence })
        }
      }}
    >
      <p>{t('blockText')}</p>
      <TextInput
        type="search"
        label={t('search')}
        description={t('searchHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoFocus
      />
      <ProblemAlert error={searchResults.error} />
      {searchResults.data && (
        <Radio.Group
          label={t('found')}
          value={seriesId}
          onChange={setSeriesId}
          error={submitted && !seriesId ? t('chooseSeries') : undefined}
        >
          <div className={layout.options}>
            {searchResults.data.results.map((card) => (
              <Radio
                key={card.id}
                value={card.id}
                color="cinnabar"
                label={`${card.title} · ${card.creator.display_name}`}
                description={card.synopsis.slice(0, 80)}
              />
            ))}
            {searchResults.data.results.length === 0 && (
              <p className={layout.muted}>{t('nothingFound')}</p>
            )}
          </div>
        </Radio.Group>
      )}
      {submitted && !seriesId && !searchResults.data && (
        <p role="alert" className={layout.error}>
          {t('chooseSeries')}
        </p>
      )}
      <Textarea
        label={t('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        error={requiredError(reason)}
        autosize
        minRows={2}
      />
      <Textarea
        label={t('evidence')}
        description={t('evidenceHint')}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
        maxLength={5000}
        error={requiredError(evidence)}
        autosize
        minRows={3}
      />
      <ProblemAlert error={block.error} />
      <div className={layout.actions}>
        <Button type="submit" color="cinnabar" loading={block.isPending}>
          {t('confirm')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
