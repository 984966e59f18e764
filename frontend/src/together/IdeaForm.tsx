import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { Problem } from '../api/problem'
import type { Proposal, ProposalDraft, SeriesDetail } from '../api/types'
import { untyped as api } from '../api/untyped'
import { newId } from '../api/uuid'
import { langOf } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { notify } from '../ui/Notice'
import styles from './IdeaForm.module.css'
import { togetherMessages } from './messages'

const TITLE_MOST = 40
const TEXT_MOST = 500
const CHOICE_MOST = 20
const count = (text: string) => [...text.trim()].length

/** A proposal to write. Its id is made once, so that sending it again after a lost answer says it once. */
export function IdeaForm({ series, onDone }: { series: SeriesDetail; onDone: () => void }) {
  const t = useMessages(togetherMessages)
  const client = useQueryClient()
  const id = useId()
  const [kind, setKind] = useState<'idea' | 'branch'>('idea')
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [choice, setChoice] = useState('')
  const [episode, setEpisode] = useState(series.episodes.at(-1)?.id ?? '')
  const sent = useRef<{ words: string; id: string } | null>(null)
  const send = useMutation({
    mutationFn: () => {
      const said: Omit<ProposalDraft, 'id'> = {
        kind,
        title: title.trim(),
        text: text.trim(),
        ...(kind === 'branch' ? { from_episode_id: episode, choice_text: choice.trim() } : {}),
      }
      const words = JSON.stringify(said)
      if (sent.current?.words !== words) sent.current = { words, id: newId() }
      return api.post<Proposal>(`/series/${series.id}/proposals`, { id: sent.current.id, ...said })
    },
    onSuccess: () => {
      notify(t('sent'))
      void client.invalidateQueries({ queryKey: ['proposals', series.id] })
      onDone()
    },
  })
  const problem = send.error instanceof Problem ? send.error : null
  const fault = (field: string) => problem?.errors.find((one) => one.field === field)?.message
  const told = problem?.errors.some((one) =>
    ['title', 'text', 'choice_text', 'from_episode_id'].includes(one.field),
  )
  const left = TEXT_MOST - count(text)
  const sound =
    count(title) > 0 &&
    count(text) > 0 &&
    left >= 0 &&
    (kind === 'idea' || (count(choice) > 0 && episode !== ''))
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (sound && !send.isPending) send.mutate()
      }}
    >
      <fieldset className={styles.kinds}>
        <legend className="unseen">{t('kind')}</legend>
        {(['idea', 'branch'] as const).map((one) => (
          <label key={one} data-chosen={kind === one || undefined}>
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind === one}
              onChange={() => setKind(one)}
            />
            {t(one === 'idea' ? 'kindIdea' : 'kindBranch')}
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
              value={episode}
              onChange={(event) => setEpisode(event.currentTarget.value)}
            >
              {series.episodes.map((one) => (
                <option key={one.id} value={one.id}>
                  {t('episode', { number: one.number, title: one.title })}
                </option>
              ))}
            </select>
            {fault('from_episode_id') && (
              <p role="alert" className={styles.error}>
                {fault('from_episode_id')}
              </p>
            )}
          </div>
          <Field
            label={t('fieldChoice')}
            hint={t('fieldChoiceHint')}
            error={fault('choice_text')}
            value={choice}
            maxLength={CHOICE_MOST}
            onChange={(event) => setChoice(event.currentTarget.value)}
          />
        </>
      )}
      <Field
        label={t('fieldTitle')}
        error={fault('title')}
        value={title}
        maxLength={TITLE_MOST}
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
          aria-invalid={left < 0 || fault('text') ? true : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p id={`${id}-left`} className={left < 0 ? styles.error : styles.hint}>
          {left < 0 ? t('over', { n: -left }) : t('left', { n: left })}
        </p>
        {fault('text') && (
          <p role="alert" className={styles.error}>
            {fault('text')}
          </p>
        )}
      </div>
      {send.isError && !told && (
        <p role="alert" className={styles.error}>
          {send.error.message} {t('failedKept')}
        </p>
      )}
      <Button type="submit" disabled={!sound || send.isPending} wide>
        {send.isPending ? t('sending') : t('send')}
      </Button>
      <p className={styles.hint}>{t('checkedFirst')}</p>
    </form>
  )
}
