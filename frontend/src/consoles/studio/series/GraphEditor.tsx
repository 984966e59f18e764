import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client'
import { Problem } from '../../../api/problem'
import type { StudioSeries } from '../../../api/types'
import { newId } from '../../../api/uuid'
import { useMessages } from '../../../i18n/messages'
import { showToast } from '../../../ui/Toast'
import { consoleMessages } from '../../shared/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { studioSeriesQuery } from '../queries'
import { ChoiceFields } from './ChoiceFields'
import { type ChoiceRow, choiceToRow, rowToChoice } from './choiceRows'
import styles from './GraphEditor.module.css'
import { GraphPreview } from './GraphPreview'
import { seriesMessages } from './seriesMessages'
import { latestText } from './words'

/** Edits the choices between episodes, with a drawing; saved as a whole, errors at their rows. */
export function GraphEditor({ series }: { series: StudioSeries }) {
  const t = useMessages(seriesMessages)
  const d = useMessages(consoleMessages)
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState<ChoiceRow[] | null>(null)
  const savedRows = series.choices.map((choice, number) =>
    choiceToRow(
      {
        ...choice,
        text: latestText(series, choice.id, 'text', choice.text),
        seal: latestText(series, choice.id, 'seal', choice.seal),
      },
      choice.id ?? String(number),
    ),
  )
  const rows = draft ?? savedRows
  const save = useMutation({
    mutationFn: () =>
      client.PUT('/api/v1/series/{series_id}/graph', {
        params: { path: { series_id: series.id } },
        body: { choices: rows.map(rowToChoice) },
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: studioSeriesQuery(series.id).queryKey })
      setDraft(null)
      showToast(d('saved'))
    },
  })
  const errors = save.error instanceof Problem ? save.error.errors : []
  const changeRows = (rows: ChoiceRow[]) => {
    if (save.isError) save.reset()
    setDraft(rows)
  }
  const [first, second] = series.episodes
  if (!first || !second) return <p className={styles.intro}>{t('storyFirst')}</p>

  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <p className={styles.intro}>{t('storyText')}</p>
      <GraphPreview episodes={series.episodes} rows={rows} language={series.language} />
      <ol className={styles.choices}>
        {rows.map((row, number) => (
          <li key={row.key}>
            <ChoiceFields
              row={row}
              number={number + 1}
              series={series}
              errors={errors
                .filter((error) => error.index === number)
                .map((error) => `${error.field}: ${error.message}`)}
              onChange={(next) =>
                changeRows(rows.map((other) => (other.key === row.key ? next : other)))
              }
              onRemove={() => changeRows(rows.filter((other) => other.key !== row.key))}
            />
          </li>
        ))}
      </ol>
      <div className={styles.actions}>
        <Button
          variant="default"
          onClick={() =>
            changeRows([
              ...rows,
              {
                key: newId(),
                from: first.id,
                to: second.id,
                text: '',
                seal: '',
                comparison: null,
                compound: null,
                effects: [],
              },
            ])
          }
        >
          {t('addChoice')}
        </Button>
        <span className={styles.grow} role="status">
          {draft ? t('unsaved') : ''}
        </span>
        <Button
          variant="default"
          disabled={!draft}
          onClick={() => {
            setDraft(null)
            save.reset()
          }}
        >
          {t('discard')}
        </Button>
        <Button type="submit" disabled={!draft} loading={save.isPending}>
          {t('saveStory')}
        </Button>
      </div>
      <ProblemAlert error={save.error} />
    </form>
  )
}
