import { Button, NativeSelect, NumberInput, SegmentedControl, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { client, queryKeyOf } from '../../api/client'
import type { ProjectBody, SeriesCard } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { type Language, useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { studioMessages } from './messages'
import styles from './NewProjectForm.module.css'

const MAX_IDEA_LENGTH = 20_000
const SECONDS = { min: 24, max: 120, initial: 60 }
const MAX_SEED = 2 ** 31 - 1

/** One sentence begins a project. */
export function NewProjectForm({ series }: { series: SeriesCard[] }) {
  const t = useMessages(studioMessages)
  const navigate = useNavigate()
  const [idea, setIdea] = useState('')
  const [language, setLanguage] = useState(useLanguage())
  const [seconds, setSeconds] = useState<string | number>(SECONDS.initial)
  const [seed, setSeed] = useState<string | number>('')
  const [seriesId, setSeriesId] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const languageLabelId = useId()
  const createProject = useIdempotentMutation(
    (body: ProjectBody, header) =>
      client.POST('/api/v1/studio/projects', { params: { header }, body }),
    {
      invalidates: [queryKeyOf('/api/v1/studio/projects')],
      onSuccess: (project) =>
        void navigate({ to: '/studio/projects/$projectId', params: { projectId: project.id } }),
    },
  )
  const length = [...idea].length
  const isEmpty = idea.trim() === ''

  return (
    <form
      className={styles.form}
      aria-labelledby="new-idea"
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (isEmpty) return
        createProject.mutate({
          idea,
          language,
          style: 'ink',
          seconds: Number(seconds) || SECONDS.initial,
          ...(seed === '' ? {} : { seed: Number(seed) }),
          ...(seriesId ? { series_id: seriesId } : {}),
        })
      }}
    >
      <h2 id="new-idea">{t('newIdea')}</h2>
      <p className={styles.invitation}>{t('newIdeaText')}</p>
      <Textarea
        aria-label={t('idea')}
        placeholder={t('ideaPlaceholder')}
        value={idea}
        onChange={(event) => setIdea(event.currentTarget.value)}
        maxLength={MAX_IDEA_LENGTH}
        rows={4}
        size="md"
        error={submitted && isEmpty ? t('ideaNeeded') : undefined}
        classNames={{ input: styles.ideaInput }}
      />
      <p className={styles.count} aria-live="off">
        {t('ideaCount', { n: length, most: MAX_IDEA_LENGTH })}
      </p>
      <div className={styles.row}>
        <div>
          <span className={styles.label} id={languageLabelId}>
            {t('workLanguage')}
          </span>
          <SegmentedControl
            aria-labelledby={languageLabelId}
            value={language}
            onChange={(value) => setLanguage(value as Language)}
            data={[
              { value: 'zh', label: t('langZh') },
              { value: 'en', label: t('langEn') },
            ]}
          />
        </div>
        <NumberInput
          label={t('seconds')}
          value={seconds}
          onChange={setSeconds}
          min={SECONDS.min}
          max={SECONDS.max}
          step={6}
          clampBehavior="blur"
          allowDecimal={false}
          w={140}
        />
        <NativeSelect
          label={t('intoSeries')}
          value={seriesId}
          onChange={(event) => setSeriesId(event.currentTarget.value)}
          data={[
            { value: '', label: t('ownSeries') },
            ...series.map((card) => ({ value: card.id, label: card.title })),
          ]}
          className={styles.grow}
        />
        <Button type="submit" size="md" loading={createProject.isPending}>
          {t('begin')}
        </Button>
      </div>
      <details className={styles.advanced}>
        <summary>{t('advanced')}</summary>
        <NumberInput
          label={t('seed')}
          description={t('seedHint')}
          value={seed}
          onChange={setSeed}
          min={0}
          max={MAX_SEED}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          maw={420}
        />
      </details>
      <ProblemAlert error={createProject.error} />
    </form>
  )
}
