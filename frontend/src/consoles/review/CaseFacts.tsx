import type { Case, Decision, Label } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { GateChecklist } from '../shared/GateChecklist'
import styles from './CaseFacts.module.css'
import { reviewMessages } from './messages'

/** Whether the mark was found in the picture, as the checks say it. */
const MARK_STATES = ['seen', 'not_seen', 'not_checked'] as const

/** What else one decides from: the AI label, the gate, what was decided before. */
export function CaseFacts({
  case: reviewCase,
  onSeek,
}: {
  case: Case
  onSeek: (ms: number) => void
}) {
  const t = useMessages(reviewMessages)
  return (
    <div className={styles.facts}>
      <section>
        <h2>{t('label')}</h2>
        {reviewCase.label ? <LabelFacts label={reviewCase.label} /> : <p>{t('labelNone')}</p>}
      </section>
      <section>
        <GateChecklist gate={reviewCase.gate} />
      </section>
      <section>
        <h2>{t('earlierDecisions')}</h2>
        {reviewCase.earlier_decisions.length === 0 && <p>{t('noEarlierDecisions')}</p>}
        <ul>
          {reviewCase.earlier_decisions.map((decision) => (
            <li key={`${decision.cut_id} ${decision.decided_at}`}>
              <EarlierDecision
                decision={decision}
                onSeek={decision.cut_id === reviewCase.cut.id ? onSeek : undefined}
              />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function LabelFacts({ label }: { label: Label }) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const explicit = label.explicit as { state?: string; seconds?: number; likeness?: number } | null
  const mark = MARK_STATES.find((state) => state === explicit?.state)
  return (
    <dl className={styles.label}>
      {label.value && (
        <>
          <dt>{label.notice ? localized(label.notice.text) : label.value}</dt>
          <dd>{t(`labelValue_${label.value}`)}</dd>
        </>
      )}
      <dt>{t('labelImplicit')}</dt>
      <dd>
        {label.malformed ? (
          <strong>{t('labelMalformed')}</strong>
        ) : label.implicit ? (
          <code>{label.implicit.ContentProducer}</code>
        ) : (
          t('labelNone')
        )}
        {label.test_operator && ` · ${t('labelTest')}`}
      </dd>
      <dt>{t('labelExplicit')}</dt>
      <dd>
        {mark ? t(`mark_${mark}`) : t('labelUnchecked')}
        {mark === 'seen' &&
          ` · ${t('markFacts', { seconds: explicit?.seconds ?? 0, n: (explicit?.likeness ?? 0).toFixed(2) })}`}
      </dd>
    </dl>
  )
}

function EarlierDecision({
  decision,
  onSeek,
}: {
  decision: Decision
  onSeek?: (ms: number) => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  return (
    <div className={styles.earlierDecision}>
      <span data-outcome={decision.outcome}>{t(`outcome_${decision.outcome}`)}</span>{' '}
      {t('episode', { n: decision.episode_number })} · {t('version', { n: decision.cut_number })} ·{' '}
      {decision.by?.display_name ?? t('automatic')} · {format.ago(decision.decided_at)}
      {decision.reasons.map((reason) => (
        <p key={`${reason.code} ${reason.start_ms}`}>
          {localized(reason.text)}
          {reason.start_ms !== null &&
            (onSeek ? (
              <button type="button" onClick={() => onSeek(reason.start_ms ?? 0)}>
                {format.clock(reason.start_ms)}
              </button>
            ) : (
              ` ${format.clock(reason.start_ms)}`
            ))}
          {reason.note && ` · ${reason.note}`}
        </p>
      ))}
      {decision.note && <p>{decision.note}</p>}
    </div>
  )
}
