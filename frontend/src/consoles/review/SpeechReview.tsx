import { useState } from 'react'
import { client } from '../../api/client'
import type { ModeratedSpeech } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useMessages } from '../../i18n/messages'
import { ProblemAlert } from '../shared/ProblemAlert'
import { DecisionButton } from './DecisionControls'
import { SPEECH_LIST_KEY } from './queries'
import { SpeechFacts, speechKind } from './SpeechFacts'
import styles from './SpeechPage.module.css'
import { SpeechRefuseForm } from './SpeechRefuseForm'
import { speechMessages } from './speechMessages'
import { useShortcuts } from './useShortcuts'

type SpeechDecision = { show: true } | { show: false; body: { reason: string; note: string } }

/** One comment, danmaku or proposal, with what is known of it, and the decision to publish it. */
export function SpeechReview({
  speech,
  onNavigate,
  onDecided,
}: {
  speech: ModeratedSpeech
  onNavigate: (step: 1 | -1) => void
  onDecided: (decided: ModeratedSpeech) => void
}) {
  const t = useMessages(speechMessages)
  const [isRefusing, setIsRefusing] = useState(false)
  const decide = useIdempotentMutation(
    (decision: SpeechDecision, header): Promise<{ data?: ModeratedSpeech }> => {
      const params = { path: { speech_id: speech.id }, header }
      return decision.show
        ? client.POST('/api/v1/review/speech/{speech_id}/show', { params })
        : client.POST('/api/v1/review/speech/{speech_id}/refuse', { params, body: decision.body })
    },
    { invalidates: [SPEECH_LIST_KEY], onSuccess: onDecided },
  )
  const { state, may_decide: mayDecide } = speech
  const isShown = state === 'shown'
  const canShow = mayDecide && state !== 'withdrawn' && (!isShown || speech.reports.length > 0)
  const canRefuse = mayDecide && (state === 'held' || isShown || state === 'checking')
  const show = () => {
    if (canShow && !decide.isPending) decide.mutate({ show: true })
  }
  useShortcuts({
    j: () => onNavigate(1),
    k: () => onNavigate(-1),
    ArrowDown: () => onNavigate(1),
    ArrowUp: () => onNavigate(-1),
    a: show,
    r: () => canRefuse && setIsRefusing(true),
    Escape: () => setIsRefusing(false),
  })

  return (
    <section className={styles.review} aria-label={t(`kind_${speechKind(speech)}`)}>
      <SpeechFacts speech={speech} />
      <aside className={styles.decide} aria-label={t('decide')}>
        <h2>{t('decide')}</h2>
        {!mayDecide && <p className={styles.muted}>{t('own')}</p>}
        {canShow && (
          <DecisionButton
            color="jade"
            shortcut="A"
            loading={decide.isPending && !isRefusing}
            onClick={show}
          >
            {t(isShown ? 'keep' : 'show')}
          </DecisionButton>
        )}
        {canRefuse && (
          <DecisionButton
            color="cinnabar"
            shortcut="R"
            aria-expanded={isRefusing}
            onClick={() => setIsRefusing(!isRefusing)}
          >
            {t(isShown ? 'takeDown' : 'refuse')}
          </DecisionButton>
        )}
        {isRefusing && canRefuse && (
          <SpeechRefuseForm
            isSubmitting={decide.isPending}
            onSubmit={(body) => decide.mutate({ show: false, body })}
            onCancel={() => setIsRefusing(false)}
          />
        )}
        <ProblemAlert error={decide.error} />
        <p className={styles.keys}>{t('keys')}</p>
      </aside>
    </section>
  )
}
