import { Button, Radio, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Page, SeriesCard } from '../../api/types'
import { untyped as api } from '../../api/untyped'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { Block } from '../types'
import { rightsMessages } from './messages'

const TYPING_MS = 300

/** Blocks a series that is found by its title. */
export function BlockForm({ onDone }: { onDone: () => void }) {
  const t = useMessages(rightsMessages)
  const d = useMessages(deskMessages)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS)
  const [seriesId, setSeriesId] = useState('')
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const [tried, setTried] = useState(false)
  const found = useQuery({
    queryKey: ['series-search', q],
    enabled: q !== '',
    queryFn: ({ signal }) => api.get<Page<SeriesCard>>('/series', { q, limit: 20 }, signal),
  })
  const block = useAct<Block>({
    refresh: [['/rights/blocks']],
    onDone: () => {
      notify(t('blocked'))
      onDone()
    },
  })
  const needed = (text: string) => (tried && !text.trim() ? t('needed') : undefined)
  return (
    <form
      className={desk.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (seriesId && reason.trim() && evidence.trim()) {
          block.mutate({ path: '/rights/blocks', body: { series_id: seriesId, reason, evidence } })
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
      <Refusal error={found.error} />
      {found.data && (
        <Radio.Group
          label={t('found')}
          value={seriesId}
          onChange={setSeriesId}
          error={tried && !seriesId ? t('chooseSeries') : undefined}
        >
          <div className={desk.picks}>
            {found.data.results.map((card) => (
              <Radio
                key={card.id}
                value={card.id}
                color="cinnabar"
                label={`${card.title} · ${card.creator.display_name}`}
                description={card.synopsis.slice(0, 80)}
              />
            ))}
            {found.data.results.length === 0 && <p className={desk.soft}>{t('nothingFound')}</p>}
          </div>
        </Radio.Group>
      )}
      {tried && !seriesId && !found.data && (
        <p role="alert" className={desk.bad}>
          {t('chooseSeries')}
        </p>
      )}
      <Textarea
        label={t('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        error={needed(reason)}
        autosize
        minRows={2}
      />
      <Textarea
        label={t('evidence')}
        description={t('evidenceHint')}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
        maxLength={5000}
        error={needed(evidence)}
        autosize
        minRows={3}
      />
      <Refusal error={block.error} />
      <div className={desk.deeds}>
        <Button type="submit" color="cinnabar" loading={block.isPending}>
          {t('confirm')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
