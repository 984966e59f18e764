import { Link } from '@tanstack/react-router'
import type { Remark } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { langOf, useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import styles from './RemarksPage.module.css'
import { remarkMessages } from './remarkMessages'

const KINDS = ['comment', 'danmaku', 'proposal'] as const

/** What kind of public text it is; `other` for one that this page does not know. */
export const remarkKind = (remark: Remark) => KINDS.find((kind) => kind === remark.kind) ?? 'other'

/** A public text with its context, findings, reports and earlier decisions. */
export function RemarkFacts({ remark }: { remark: Remark }) {
  const t = useMessages(remarkMessages)
  const words = useWords()
  const format = useFormat()
  const { episode } = remark
  return (
    <div className={styles.content}>
      <p className={styles.author}>
        <strong>{remark.author.display_name}</strong> <span>@{remark.author.handle}</span>{' '}
        <time dateTime={remark.created_at}>{format.dateTime(remark.created_at)}</time>
      </p>
      {remark.in_reply_to && (
        <p className={styles.replyTo}>
          {t('answers')} {remark.in_reply_to}
        </p>
      )}
      <blockquote className={styles.text}>{remark.text}</blockquote>
      <p className={styles.location}>
        {t(`kind_${remarkKind(remark)}`)} ·{' '}
        <span lang={langOf(remark.series.language)}>{remark.series.title}</span>
        {episode && ` · ${t('place', { number: episode.number, title: episode.title })}`}
        {remark.position_ms !== null && ` · ${t('at', { time: format.clock(remark.position_ms) })}`}
        {episode && (
          <>
            {' · '}
            <Link
              to="/watch/$seriesId/{-$episodeId}"
              params={{ seriesId: remark.series.id, episodeId: episode.id }}
            >
              {t('toEpisode')}
            </Link>
          </>
        )}
      </p>

      <h2>{t('saw')}</h2>
      {remark.findings.length === 0 ? (
        <p className={styles.muted}>{t('sawNothing')}</p>
      ) : (
        <ul className={styles.findings}>
          {remark.findings.map((finding) => (
            <li key={`${finding.policy} ${finding.evidence}`}>
              <strong>{words(finding.policy_name)}</strong>{' '}
              {t('score', { n: Math.round(finding.score * 100) })}
              {finding.evidence && <span> · {t('evidence', { words: finding.evidence })}</span>}
              <small>{words(finding.explanation)}</small>
            </li>
          ))}
        </ul>
      )}
      {remark.reports.length > 0 && (
        <>
          <h2>
            {t('reports')} {remark.reports.length}
          </h2>
          <ul className={styles.findings}>
            {remark.reports.map((report, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: reports have no names, and only grow.
              <li key={index}>
                {words(report.reason.text)}
                {report.note && <span> · {report.note}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {remark.decisions.length > 0 && (
        <>
          <h2>{t('decisions')}</h2>
          <ul className={styles.findings}>
            {remark.decisions.map((decision) => (
              <li key={decision.decided_at}>
                {t(`outcome_${decision.outcome}`)} · {decision.by.display_name} ·{' '}
                {format.dateTime(decision.decided_at)}
                {decision.reason && <span> · {words(decision.reason.text)}</span>}
                {decision.note && <span> · {decision.note}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {remark.reason && (
        <>
          <h2>{t('toldAuthor')}</h2>
          <p className={styles.muted}>{words(remark.reason)}</p>
        </>
      )}
    </div>
  )
}
