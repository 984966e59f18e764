import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../api/client'
import type { RevisedWords } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useFormat } from '../../i18n/format'
import { langOf, useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { WordsChanges } from '../shared/WordsChanges'
import { DecisionButton } from './DecisionControls'
import { WORDS_LIST_KEY } from './queries'
import styles from './SpeechPage.module.css'
import { speechMessages } from './speechMessages'
import { useShortcuts } from './useShortcuts'
import { WordsRefuseForm } from './WordsRefuseForm'
import { wordsMessages } from './wordsMessages'

type WordsDecision = { clear: true } | { clear: false; body: { reason: string; note: string } }

/** New words beside those on stage, with what the check saw, and the decision about them. */
export function WordsReview({
  words,
  onNavigate,
  onDecided,
}: {
  words: RevisedWords
  onNavigate: (step: 1 | -1) => void
  onDecided: (decided: RevisedWords) => void
}) {
  const t = useMessages(wordsMessages)
  const s = useMessages(speechMessages)
  const [isRefusing, setIsRefusing] = useState(false)
  const decide = useIdempotentMutation(
    (decision: WordsDecision, header): Promise<{ data?: RevisedWords }> => {
      const params = { path: { revision_id: words.id }, header }
      return decision.clear
        ? client.POST('/api/v1/review/words/{revision_id}/approve', { params })
        : client.POST('/api/v1/review/words/{revision_id}/refuse', { params, body: decision.body })
    },
    { invalidates: [WORDS_LIST_KEY], onSuccess: onDecided },
  )
  const isOpen = words.state === 'waiting' || words.state === 'checking'
  const canDecide = isOpen && words.may_decide
  const approve = () => {
    if (canDecide && !decide.isPending) decide.mutate({ clear: true })
  }
  useShortcuts({
    j: () => onNavigate(1),
    k: () => onNavigate(-1),
    ArrowDown: () => onNavigate(1),
    ArrowUp: () => onNavigate(-1),
    a: approve,
    r: () => canDecide && setIsRefusing(true),
    Escape: () => setIsRefusing(false),
  })

  return (
    <section className={styles.review} aria-label={t(`kind_${words.kind}`)}>
      <WordsFacts words={words} />
      <aside className={styles.decide} aria-label={s('decide')}>
        <h2>{s('decide')}</h2>
        {!words.may_decide && <p className={styles.muted}>{t('own')}</p>}
        {canDecide && (
          <>
            <DecisionButton
              color="jade"
              shortcut="A"
              loading={decide.isPending && !isRefusing}
              onClick={approve}
            >
              {t('approve')}
            </DecisionButton>
            <DecisionButton
              color="cinnabar"
              shortcut="R"
              aria-expanded={isRefusing}
              onClick={() => setIsRefusing(!isRefusing)}
            >
              {t('refuse')}
            </DecisionButton>
          </>
        )}
        {isRefusing && canDecide && (
          <WordsRefuseForm
            isSubmitting={decide.isPending}
            onSubmit={(body) => decide.mutate({ clear: false, body })}
            onCancel={() => setIsRefusing(false)}
          />
        )}
        {!isOpen && (
          <p className={styles.muted}>
            {t(`state_${words.state}`)} ·{' '}
            {words.decided_by
              ? t('decidedBy', { name: words.decided_by.display_name })
              : t('byCheck')}
          </p>
        )}
        <ProblemAlert error={decide.error} />
        <p className={styles.keys}>{t('keys')}</p>
      </aside>
    </section>
  )
}

function WordsFacts({ words }: { words: RevisedWords }) {
  const t = useMessages(wordsMessages)
  const s = useMessages(speechMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const { series, episode, creator } = words
  return (
    <div className={styles.content}>
      <p className={styles.author}>
        <strong>{creator.display_name}</strong> <span>@{creator.handle}</span>{' '}
        <time dateTime={words.created_at}>{format.dateTime(words.created_at)}</time>
      </p>
      <p className={styles.location}>
        {t(`kind_${words.kind}`)} · <span lang={langOf(series.language)}>{series.title}</span>
        {episode && ` · ${t('episode', { number: episode.number, title: episode.title })}`}
        {' · '}
        <Link to="/series/$seriesId" params={{ seriesId: series.id }}>
          {t('toSeries')}
        </Link>
      </p>
      {words.filing && words.kind === 'series' && (
        <p className={styles.muted}>{t('filed', { number: localized(words.filing.words) })}</p>
      )}
      <div className={styles.compared}>
        <WordsChanges
          changes={words.changes}
          language={series.language}
          labels={{
            before: t('before'),
            after: t('after'),
            nothing: t('nothing'),
            field: (name) => t(`field_${name}`),
          }}
        />
      </div>
      <h2>{s('saw')}</h2>
      {words.findings.length === 0 ? (
        <p className={styles.muted}>{s('sawNothing')}</p>
      ) : (
        <ul className={styles.findings}>
          {words.findings.map((finding) => (
            <li key={`${finding.policy} ${finding.evidence}`}>
              <strong>{localized(finding.policy_name)}</strong>{' '}
              {s('score', { n: Math.round(finding.score * 100) })}
              {finding.evidence && <span> · {s('evidence', { words: finding.evidence })}</span>}
              <small>{localized(finding.explanation)}</small>
            </li>
          ))}
        </ul>
      )}
      {words.reason && (
        <>
          <h2>{s('toldAuthor')}</h2>
          <p className={styles.muted}>{localized(words.reason)}</p>
        </>
      )}
    </div>
  )
}
