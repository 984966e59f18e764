import type { ReactNode } from 'react'
import type { Project, FilmReport as Report, StoryFact } from '../../../api/types'
import { useFormat } from '../../../i18n/format'
import { langOf, useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import styles from './FilmReport.module.css'
import { storyMessages } from './storyMessages'
import { useStory } from './useStory'

/** How the film is told, beside it; every line leads to its second. */
export function FilmReport({
  project,
  onSeek,
}: {
  project: Project
  onSeek: (ms: number) => void
}) {
  const t = useMessages(storyMessages)
  const { query } = useStory(project)
  const story = query.data
  if (!story) return null
  return (
    <section className={styles.report} aria-labelledby="film-report">
      <h2 id="film-report">{t('reportTitle')}</h2>
      {story.report ? (
        <>
          <p className={styles.hint}>{t(story.report.is_older ? 'reportOlder' : 'reportHint')}</p>
          <Moments report={story.report} project={project} onSeek={onSeek} />
          <Facts facts={story.facts ?? []} report={story.report} onSeek={onSeek} />
        </>
      ) : (
        <p className={styles.hint}>{t('noReport')}</p>
      )}
    </section>
  )
}

function Moment({
  second,
  text,
  note,
  lang,
  onSeek,
}: {
  second: number
  text: string
  note?: ReactNode
  lang?: string | undefined
  onSeek: (ms: number) => void
}) {
  const format = useFormat()
  const clock = format.clock(second * 1000)
  return (
    <button type="button" className={styles.moment} onClick={() => onSeek(second * 1000)}>
      <time>{clock}</time> <span lang={lang}>{text}</span> {note}
    </button>
  )
}

function Moments({
  report,
  project,
  onSeek,
}: {
  report: Report
  project: Project
  onSeek: (ms: number) => void
}) {
  const t = useMessages(storyMessages)
  const lang = langOf(project.language)
  const { hook, cliffhanger, end } = report
  return (
    <dl>
      <dt>
        {t('hook')}{' '}
        <em data-bad={!report.hook_in_time || undefined}>
          {t(report.hook_in_time ? 'hookInTime' : 'hookLate')}
        </em>
      </dt>
      <dd>{hook ? <Moment {...hook} lang={lang} onSeek={onSeek} /> : t('none')}</dd>
      <dt>{t('turns')}</dt>
      <dd>
        {report.turns.length === 0 && <span className={styles.hint}>{t('noTurns')}</span>}
        {report.turns.map((turn) => (
          <Moment key={turn.second} {...turn} lang={lang} onSeek={onSeek} />
        ))}
      </dd>
      {cliffhanger && (
        <>
          <dt>{t('cliffhanger')}</dt>
          <dd>
            <Moment {...cliffhanger} lang={lang} onSeek={onSeek} />
          </dd>
        </>
      )}
      {end && (
        <>
          <dt>{t('end')}</dt>
          <dd>
            <Moment {...end} lang={lang} onSeek={onSeek} />
          </dd>
        </>
      )}
      <dt>{t('speakers')}</dt>
      <dd>
        <ul className={styles.speakers}>
          {report.speakers.map(({ name, share }) => (
            <li key={name}>
              <span lang={name ? lang : undefined}>{name || t('narrator')}</span>
              <span className={styles.bar} aria-hidden="true">
                <span style={{ inlineSize: `${share * 100}%` }} />
              </span>
              <span>{Math.round(share * 100)}%</span>
            </li>
          ))}
        </ul>
        <p className={styles.hint}>{t('silence', { n: report.longest_silence.toFixed(1) })}</p>
      </dd>
      <dt>{t('sameness', { n: Math.round(report.sameness * 100) })}</dt>
      <dd>
        {report.repeated.map((line) => (
          <Moment key={`${line.second} ${line.text}`} {...line} lang={lang} onSeek={onSeek} />
        ))}
      </dd>
    </dl>
  )
}

function Facts({
  facts,
  report,
  onSeek,
}: {
  facts: StoryFact[]
  report: Report
  onSeek: (ms: number) => void
}) {
  const t = useMessages(storyMessages)
  const localized = useLocalizedText()
  const known = facts.filter((fact) => fact.kept !== null)
  const lost = known.filter((fact) => !fact.kept)
  const there = known.filter((fact) => fact.kept && fact.places[0])
  if (known.length === 0) return null
  return (
    <dl>
      <dt>{t('factsKept', { kept: known.length - lost.length, all: known.length })}</dt>
      <dd>
        {report.words_kept !== null && (
          <p className={styles.hint}>
            {t('wordsKept', { n: Math.round(report.words_kept * 100) })}
          </p>
        )}
        {lost.length > 0 && (
          <ul className={styles.lost} aria-label={t('factsMissing')}>
            {lost.map((fact) => (
              <li key={`${fact.kind} ${fact.text} ${fact.spans[0]?.start}`}>
                <strong>{fact.text}</strong> {fact.missing && localized(fact.missing)}
              </li>
            ))}
          </ul>
        )}
        <ul aria-label={t('factsThere')}>
          {there.map((fact) => (
            <li key={`${fact.kind} ${fact.text} ${fact.spans[0]?.start}`}>
              <Moment
                second={fact.places[0]?.second ?? 0}
                text={fact.text}
                note={<small>{t(`kind_${fact.kind}`)}</small>}
                onSeek={onSeek}
              />
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  )
}
