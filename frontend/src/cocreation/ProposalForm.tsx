import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { client } from '../api/client'
import { fieldError } from '../api/fieldError'
import { Problem } from '../api/problem'
import type { ProposalDraft, SeriesDetail } from '../api/types'
import { newId } from '../api/uuid'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { showToast } from '../ui/Toast'
import { cocreationMessages } from './messages'
import styles from './ProposalForm.module.css'
import { PROPOSALS_KEY } from './queries'

const MAX_TITLE_LENGTH = 40
const MAX_TEXT_LENGTH = 500
const MAX_CHOICE_LENGTH = 20
const countCharacters = (text: string) => [...text.trim()].length

/**
 * Writes a proposal. Its id is made once, so that a retry after a lost answer creates no second
 * one.
 */
export function ProposalForm({ series, onClose }: { series: SeriesDetail; onClose: () => void }) {
  const t = useMessages(cocreationMessages)
  const queryClient = useQueryClient()
  const id = useId()
  const [kind, setKind] = useState<'idea' | 'branch'>('idea')
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [choice, setChoice] = useState('')
  const [episodeId, setEpisodeId] = useState(series.episodes.at(-1)?.id ?? '')
  const lastSubmission = useRef<{ fingerprint: string; id: string } | null>(null)
  const send = useMutation({
    mutationFn: () => {
      const proposal: Omit<ProposalDraft, 'id'> = {
        kind,
        title: title.trim(),
        text: text.trim(),
        ...(kind === 'branch' ? { from_episode_id: episodeId, choice_text: choice.trim() } : {}),
      }
      const fingerprint = JSON.stringify(proposal)
      if (lastSubmission.current?.fingerprint !== fingerprint)
        lastSubmission.current = { fingerprint, id: newId() }
      return client.POST('/api/v1/series/{series_id}/proposals', {
        params: { path: { series_id: series.id } },
        body: { id: lastSubmission.current.id, ...proposal },
      })
    },
    onSuccess: () => {
      showToast(t('sent'))
      void queryClient.invalidateQueries({ queryKey: PROPOSALS_KEY })
      onClose()
    },
  })
  const problem = send.error instanceof Problem ? send.error : null
  const errorOf = (field: string) => fieldError(send.error, field)
  const hasFieldError = problem?.errors.some(({ field }) =>
    ['title', 'text', 'choice_text', 'from_episode_id'].includes(field),
  )
  const left = MAX_TEXT_LENGTH - countCharacters(text)
  const isValid =
    countCharacters(title) > 0 &&
    countCharacters(text) > 0 &&
    left >= 0 &&
    (kind === 'idea' || (countCharacters(choice) > 0 && episodeId !== ''))
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid && !send.isPending) send.mutate()
      }}
    >
      <fieldset className={styles.kinds}>
        <legend className="unseen">{t('kind')}</legend>
        {(['idea', 'branch'] as const).map((option) => (
          <label key={option} data-chosen={kind === option || undefined}>
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind === option}
              onChange={() => setKind(option)}
            />
            {t(option === 'idea' ? 'kindIdea' : 'kindBranch')}
          </label>
        ))}
      </fieldset>
      {kind === 'branch' && (
        <>
          <p className={styles.hint}>{t('kindBranchText')}</p>
          <div className={styles.field}>
            <label htmlFor={`${id}-episode`}>{t('fieldEpisode')}</label>
            <select
              id={`${id}-episode`}
              value={episodeId}
              onChange={(event) => setEpisodeId(event.currentTarget.value)}
            >
              {series.episodes.map((episode) => (
                <option key={episode.id} value={episode.id}>
                  {t('episode', { number: episode.number, title: episode.title })}
                </option>
              ))}
            </select>
            {errorOf('from_episode_id') && (
              <p role="alert" className={styles.error}>
                {errorOf('from_episode_id')}
              </p>
            )}
          </div>
          <Field
            label={t('fieldChoice')}
            hint={t('fieldChoiceHint')}
            error={errorOf('choice_text')}
            value={choice}
            maxLength={MAX_CHOICE_LENGTH}
            onChange={(event) => setChoice(event.currentTarget.value)}
          />
        </>
      )}
      <Field
        label={t('fieldTitle')}
        error={errorOf('title')}
        value={title}
        maxLength={MAX_TITLE_LENGTH}
        lang={langOf(series.language)}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={styles.field}>
        <label htmlFor={`${id}-text`}>{t('fieldText')}</label>
        <textarea
          id={`${id}-text`}
          rows={6}
          value={text}
          lang={langOf(series.language)}
          aria-describedby={`${id}-left`}
          aria-invalid={left < 0 || errorOf('text') ? true : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p id={`${id}-left`} className={left < 0 ? styles.error : styles.hint}>
          {left < 0 ? t('over', { n: -left }) : t('left', { n: left })}
        </p>
        {errorOf('text') && (
          <p role="alert" className={styles.error}>
            {errorOf('text')}
          </p>
        )}
      </div>
      {send.isError && !hasFieldError && (
        <p role="alert" className={styles.error}>
          {send.error.message} {t('failedKept')}
        </p>
      )}
      <Button type="submit" disabled={!isValid || send.isPending} wide>
        {send.isPending ? t('sending') : t('send')}
      </Button>
      <p className={styles.hint}>{t('checkedFirst')}</p>
    </form>
  )
}
