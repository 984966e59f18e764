import { Link } from '@tanstack/react-router'
import type { ModeratedSpeech } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf, useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import styles from './SpeechPage.module.css'
import { speechMessages } from './speechMessages'

const KINDS = ['comment', 'danmaku', 'proposal'] as const

/** What kind of public text it is; `other` for one that this page does not know. */
export const speechKind = (speech: ModeratedSpeech) =>
  KINDS.find((kind) => kind === speech.kind) ?? 'other'

/** A public text with its context, findings, reports and earlier decisions. */
export function SpeechFacts({ speech }: { speech: ModeratedSpeech }) {
  const t = useMessages(speechMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const { episode } = speech
  return (
    <div className={styles.content}>
      <p className={styles.author}>
        <strong>{speech.author.display_name}</strong> <span>@{speech.author.handle}</span>{' '}
        <time dateTime={speech.created_at}>{format.dateTime(speech.created_at)}</time>
      </p>
      {speech.in_reply_to && (
        <p className={styles.replyTo}>
          {t('answers')} {speech.in_reply_to}
        </p>
      )}
      <blockquote className={styles.text}>{speech.text}</blockquote>
      <p className={styles.location}>
        {t(`kind_${speechKind(speech)}`)} ·{' '}
        <span lang={langOf(speech.series.language)}>{speech.series.title}</span>
        {episode && ` · ${t('place', { number: episode.number, title: episode.title })}`}
        {speech.position_ms !== null && ` · ${t('at', { time: format.clock(speech.position_ms) })}`}
        {episode && (
          <>
            {' · '}
            <Link
              to="/watch/$seriesId/{-$episodeId}"
              params={{ seriesId: speech.series.id, episodeId: episode.id }}
            >
              {t('toEpisode')}
            </Link>
          </>
        )}
      </p>

      <h2>{t('saw')}</h2>
      {speech.findings.length === 0 ? (
        <p className={styles.muted}>{t('sawNothing')}</p>
      ) : (
        <ul className={styles.findings}>
          {speech.findings.map((finding) => (
            <li key={`${finding.policy} ${finding.evidence}`}>
              <strong>{localized(finding.policy_name)}</strong>{' '}
              {t('score', { n: Math.round(finding.score * 100) })}
              {finding.evidence && <span> · {t('evidence', { words: finding.evidence })}</span>}
              <small>{localized(finding.explanation)}</small>
            </li>
          ))}
        </ul>
      )}
      {speech.reports.length > 0 && (
        <>
          <h2>
            {t('reports')} {speech.reports.length}
          </h2>
          <ul className={styles.findings}>
            {speech.reports.map((report, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: reports have no names, and only grow.
              <li key={index}>
                {localized(report.reason.text)}
                {report.note && <span> · {report.note}</span>}
                {report.is_new_account && <small>{t('newAccount')}</small>}
              </li>
            ))}
          </ul>
        </>
      )}
      {speech.decisions.length > 0 && (
        <>
          <h2>{t('decisions')}</h2>
          <ul className={styles.findings}>
            {speech.decisions.map((decision) => (
              <li key={decision.decided_at}>
                {t(`outcome_${decision.outcome}`)} · {decision.by.display_name} ·{' '}
                {format.dateTime(decision.decided_at)}
                {decision.reason && <span> · {localized(decision.reason.text)}</span>}
                {decision.note && <span> · {decision.note}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {speech.reason && (
        <>
          <h2>{t('toldAuthor')}</h2>
          <p className={styles.muted}>{localized(speech.reason)}</p>
        </>
      )}
    </div>
  )
}
