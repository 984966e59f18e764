import { Link } from '@tanstack/react-router'
import type { AiNotice, Playback } from '../api/types'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import styles from './ContentLabels.module.css'
import { uiMessages } from './messages'
import { SealBadge } from './SealBadge'

/**
 * The lasting mark beside the player: a solid seal where it is certain, a hollow one where it is
 * supposed.
 */
export function AiLabel({ notice }: { notice: AiNotice | null }) {
  const localized = useLocalizedText()
  const t = useMessages(uiMessages)
  if (!notice) return null
  return (
    <Link to="/about/labels" className={styles.mark} title={t('aboutLabel')}>
      <SealBadge text="AI" tone={notice.label === '1' ? 'cinnabar' : 'hollow'} size={22} />
      <span className="unseen">{t('aiLabel', { text: '' })}</span>
      <span>{localized(notice.text)}</span>
    </Link>
  )
}

/**
 * What must stand beside a film: that it is AI-made, and for whom it is fit where a moderator has
 * said so.
 */
export function ContentLabels({
  playback,
}: {
  playback: Pick<Playback, 'ai_notice' | 'age_notice'>
}) {
  const localized = useLocalizedText()
  const age = playback.age_notice
  return (
    <div className={styles.marks}>
      <AiLabel notice={playback.ai_notice} />
      {age && (
        <span className={styles.age} title={localized(age.text)}>
          <span aria-hidden="true">{age.code}</span>
          <span className="unseen">{localized(age.text)}</span>
        </span>
      )}
    </div>
  )
}
