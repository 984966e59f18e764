import { Button, Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../../../api/client'
import type { DraftOutline, Project, StoryState } from '../../../api/types'
import { langOf } from '../../../i18n/language'
import { type Translate, useMessages } from '../../../i18n/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { isBusy } from '../project'
import { useUnsavedDrafts } from '../unsavedDrafts'
import styles from './Story.module.css'
import { storyMessages } from './storyMessages'

type Translator = Translate<(typeof storyMessages)['zh']>
const ROWS = ['logline', 'cast', 'firstLine', 'turn', 'ending', 'length', 'seed'] as const

/** What a draft says in a row of its card and of the comparison. */
export function cell(draft: DraftOutline, row: (typeof ROWS)[number], t: Translator): string {
  const said = {
    logline: draft.logline,
    cast: draft.cast.map((person) => person.name).join(' · '),
    firstLine: draft.first_line,
    turn: draft.turn,
    ending: draft.ending,
    length: t('seconds', { n: Math.round(draft.seconds) }),
    seed: String(draft.seed),
  }[row]
  return said || t('none')
}

/** Drafts of the idea: five at a time, two side by side, one kept as the outline. */
export function Drafts({
  project,
  story,
  onProject,
}: {
  project: Project
  story: StoryState
  onProject: (project: Project) => void
}) {
  const t = useMessages(storyMessages)
  const unsaved = useUnsavedDrafts()
  const [compared, setCompared] = useState<number[]>([])
  const [asking, setAsking] = useState<number | null>(null)
  const locked = project.cut_id !== null
  const busy = isBusy(project)
  const more = useMutation({
    mutationFn: async () =>
      answerOf(
        client.POST('/api/v1/studio/projects/{project_id}/advance', {
          params: { path: { project_id: project.id } },
          body: { to: 'drafts', replace: false },
        }),
      ),
    onSuccess: (next) => onProject(next as Project),
  })
  const keep = useMutation({
    mutationFn: async (seed: number) => {
      // What is typed in the outline's form is saved first, so that the history has it.
      const shown = (await unsaved.saveAll()) ?? project
      return answerOf(
        client.POST('/api/v1/studio/projects/{project_id}/drafts/{seed}/keep', {
          params: { path: { project_id: project.id, seed } },
          body: { outline_revision: shown.outline_revision },
        }),
      )
    },
    onSuccess: (next) => {
      setAsking(null)
      onProject(next as Project)
    },
  })
  const pair = compared
    .map((seed) => story.drafts.find((draft) => draft.seed === seed))
    .filter((draft) => draft !== undefined)
  const tick = (seed: number) =>
    setCompared((before) =>
      before.includes(seed)
        ? before.filter((other) => other !== seed)
        : [...before.slice(-1), seed],
    )
  // What all drafts share is said once: the cards then show what they differ in.
  const shared = ROWS.filter((row) => {
    const [first, ...others] = story.drafts.map((draft) => cell(draft, row, t))
    return others.length > 0 && others.every((said) => said === first)
  })
  return (
    <section className={styles.drafts} aria-labelledby="drafts">
      <h2 id="drafts">{t('draftsTitle')}</h2>
      <p className={styles.hint}>{t(story.drafts.length > 0 ? 'compareHint' : 'draftsNone')}</p>
      {pair.length === 2 && <Comparison drafts={pair} language={project.language} />}
      {story.drafts[0] && shared.length > 0 && (
        <section className={styles.card} aria-label={t('inAll')}>
          <h3>{t('inAll')}</h3>
          <Rows draft={story.drafts[0]} rows={shared} language={project.language} />
        </section>
      )}
      <ul className={styles.cards}>
        {story.drafts.map((draft) => (
          <li key={draft.seed}>
            <article className={styles.card} data-kept={draft.is_kept || undefined}>
              <h3 lang={langOf(project.language)}>{draft.title}</h3>
              {(draft.is_kept || draft.is_older) && (
                <p className={styles.state}>{t(draft.is_kept ? 'isKept' : 'isOlder')}</p>
              )}
              <Rows
                draft={draft}
                rows={ROWS.filter((row) => !shared.includes(row))}
                language={project.language}
              />
              <Checkbox
                label={t('compare')}
                aria-label={t('compareOf', { title: draft.title, seed: draft.seed })}
                checked={compared.includes(draft.seed)}
                onChange={() => tick(draft.seed)}
              />
              {!draft.is_kept && !locked && asking !== draft.seed && (
                <Button
                  variant="default"
                  disabled={busy || keep.isPending}
                  aria-label={t('keepOf', { title: draft.title, seed: draft.seed })}
                  onClick={() =>
                    project.outline ? setAsking(draft.seed) : keep.mutate(draft.seed)
                  }
                >
                  {t('keep')}
                </Button>
              )}
              {asking === draft.seed && (
                <div className={styles.question} role="alertdialog" aria-label={t('keepAsk')}>
                  <p>{t('keepAsk')}</p>
                  <p>{t(project.script ? 'keepScript' : 'keepOutline')}</p>
                  <Button
                    color="cinnabar"
                    loading={keep.isPending}
                    onClick={() => keep.mutate(draft.seed)}
                  >
                    {t('keepConfirm')}
                  </Button>
                  <Button variant="default" onClick={() => setAsking(null)}>
                    {t('cancel')}
                  </Button>
                </div>
              )}
            </article>
          </li>
        ))}
      </ul>
      {story.no_more_drafts && <p className={styles.hint}>{t('fewer')}</p>}
      {!locked && (
        <Button
          variant={story.drafts.length > 0 ? 'default' : 'filled'}
          className={styles.more}
          disabled={busy}
          loading={more.isPending || (busy && project.job?.kind === 'studio.draft_outlines')}
          onClick={() => more.mutate()}
        >
          {t(story.drafts.length > 0 ? 'fiveMore' : 'five')}
        </Button>
      )}
      <ProblemAlert error={keep.error ?? more.error} />
    </section>
  )
}

function Rows({
  draft,
  rows,
  language,
}: {
  draft: DraftOutline
  rows: readonly (typeof ROWS)[number][]
  language: string
}) {
  const t = useMessages(storyMessages)
  return (
    <dl>
      {rows.map((row) => (
        <div key={row}>
          <dt>{t(row)}</dt>
          <dd lang={langOf(language)}>{cell(draft, row, t)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Comparison({ drafts, language }: { drafts: DraftOutline[]; language: string }) {
  const t = useMessages(storyMessages)
  return (
    <table className={styles.comparison}>
      <caption className="unseen">{t('comparison')}</caption>
      <thead>
        <tr>
          <td />
          {drafts.map((draft) => (
            <th key={draft.seed} scope="col" lang={langOf(language)}>
              {draft.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => {
          const said = drafts.map((draft) => cell(draft, row, t))
          return (
            <tr key={row} data-differs={said[0] !== said[1] || undefined}>
              <th scope="row">{t(row)}</th>
              {drafts.map((draft, at) => (
                <td key={draft.seed} lang={langOf(language)}>
                  {said[at]}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
