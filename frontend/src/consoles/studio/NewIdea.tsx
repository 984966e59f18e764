import { Button, NativeSelect, NumberInput, SegmentedControl, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { SeriesCard } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import type { Project } from '../types'
import { studioMessages } from './messages'
import styles from './NewIdea.module.css'

const LONGEST = 2000
const SECONDS = { least: 24, most: 120, first: 60 }
const LARGEST_SEED = 2 ** 31 - 1

/** One sentence begins a project. */
export function NewIdea({ series }: { series: SeriesCard[] }) {
  const t = useMessages(studioMessages)
  const navigate = useNavigate()
  const [idea, setIdea] = useState('')
  const [language, setLanguage] = useState<string>(useLanguage())
  const [seconds, setSeconds] = useState<string | number>(SECONDS.first)
  const [seed, setSeed] = useState<string | number>('')
  const [seriesId, setSeriesId] = useState('')
  const [tried, setTried] = useState(false)
  const languageLabel = useId()
  const begin = useAct<Project>({
    refresh: [['/studio/projects']],
    onDone: (project) =>
      void navigate({ to: '/studio/projects/$projectId', params: { projectId: project.id } }),
  })
  const length = [...idea].length
  const missing = idea.trim() === ''

  return (
    <form
      className={styles.idea}
      aria-labelledby="new-idea"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (missing) return
        begin.mutate({
          path: '/studio/projects',
          body: {
            idea,
            language,
            seconds: Number(seconds) || SECONDS.first,
            ...(seed === '' ? {} : { seed: Number(seed) }),
            ...(seriesId ? { series_id: seriesId } : {}),
          },
        })
      }}
    >
      <h2 id="new-idea">{t('newIdea')}</h2>
      <p className={styles.invite}>{t('newIdeaText')}</p>
      <Textarea
        aria-label={t('idea')}
        placeholder={t('ideaPlaceholder')}
        value={idea}
        onChange={(event) => setIdea(event.currentTarget.value)}
        maxLength={LONGEST}
        rows={4}
        size="md"
        error={tried && missing ? t('ideaNeeded') : undefined}
        classNames={{ input: styles.words }}
      />
      <p className={styles.count} aria-live="off">
        {t('ideaCount', { n: length, most: LONGEST })}
      </p>
      <div className={styles.row}>
        <div>
          <span className={styles.label} id={languageLabel}>
            {t('workLanguage')}
          </span>
          <SegmentedControl
            aria-labelledby={languageLabel}
            value={language}
            onChange={setLanguage}
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
          min={SECONDS.least}
          max={SECONDS.most}
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
        <Button type="submit" size="md" loading={begin.isPending}>
          {t('begin')}
        </Button>
      </div>
      <details className={styles.more}>
        <summary>{t('advanced')}</summary>
        <NumberInput
          label={t('seed')}
          description={t('seedHint')}
          value={seed}
          onChange={setSeed}
          min={0}
          max={LARGEST_SEED}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          maw={420}
        />
      </details>
      <Refusal error={begin.error} />
    </form>
  )
}
