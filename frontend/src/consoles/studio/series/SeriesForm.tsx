import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, client } from '../../../api/client'
import type { StudioSeries } from '../../../api/types'
import { genresQuery } from '../../../catalog/queries'
import { useLanguage, useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import styles from './SeriesForm.module.css'
import { seriesMessages } from './seriesMessages'
import { latestText } from './words'

interface SeriesValues {
  title: string
  synopsis: string
  genres: string[]
  language: 'zh' | 'en'
}

/** A new, empty series. */
export function NewSeries() {
  const t = useMessages(seriesMessages)
  const navigate = useNavigate()
  const create = useMutation({
    mutationFn: (values: SeriesValues) => answerOf(client.POST('/api/v1/series', { body: values })),
    onSuccess: (made) =>
      void navigate({ to: '/studio/series/$seriesId', params: { seriesId: made.id } }),
  })
  return (
    <SeriesForm
      initial={{ title: '', synopsis: '', genres: [], language: useLanguage() }}
      label={t('create')}
      saving={create.isPending}
      error={create.error}
      onSave={create.mutate}
    />
  )
}

export function EditSeries({
  series,
  onSaved,
}: {
  series: StudioSeries
  onSaved: (series: StudioSeries) => void
}) {
  const t = useMessages(seriesMessages)
  const save = useMutation({
    mutationFn: (values: SeriesValues) =>
      answerOf(
        client.PATCH('/api/v1/series/{series_id}', {
          params: { path: { series_id: series.id } },
          body: values,
        }),
      ),
    onSuccess: onSaved,
  })
  return (
    <SeriesForm
      initial={{
        title: latestText(series, series.id, 'title', series.title),
        synopsis: latestText(series, series.id, 'synopsis', series.synopsis),
        genres: series.genres.map((genre) => genre.slug),
        language: series.language,
      }}
      label={t('save')}
      saving={save.isPending}
      error={save.error}
      onSave={save.mutate}
    />
  )
}

function SeriesForm({
  initial,
  label,
  saving,
  error,
  onSave,
}: {
  initial: SeriesValues
  label: string
  saving: boolean
  error: unknown
  onSave: (values: SeriesValues) => void
}) {
  const t = useMessages(seriesMessages)
  const localized = useLocalizedText()
  const [values, setValues] = useState(initial)
  const [submitted, setSubmitted] = useState(false)
  const set = (change: Partial<SeriesValues>) => setValues((before) => ({ ...before, ...change }))
  const genres = useQuery(genresQuery)
  const isTitleMissing = values.title.trim() === ''
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (!isTitleMissing) onSave(values)
      }}
    >
      <TextInput
        label={t('title')}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={80}
        error={submitted && isTitleMissing ? t('titleNeeded') : undefined}
      />
      <Textarea
        label={t('synopsis')}
        description={t('synopsisHint')}
        value={values.synopsis}
        onChange={(event) => set({ synopsis: event.currentTarget.value })}
        maxLength={600}
        autosize
        minRows={3}
      />
      <Checkbox.Group
        label={t('genres')}
        value={values.genres}
        onChange={(slugs) => set({ genres: slugs })}
      >
        <div className={styles.genres}>
          {genres.data?.map((genre) => (
            <Checkbox key={genre.slug} value={genre.slug} label={localized(genre.name)} size="sm" />
          ))}
        </div>
      </Checkbox.Group>
      <NativeSelect
        label={t('language')}
        value={values.language}
        onChange={(event) => set({ language: event.currentTarget.value as 'zh' | 'en' })}
        data={[
          { value: 'zh', label: t('langZh') },
          { value: 'en', label: t('langEn') },
        ]}
      />
      <ProblemAlert error={error} />
      <Button type="submit" loading={saving}>
        {label}
      </Button>
    </form>
  )
}
