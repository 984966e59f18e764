import { Link } from '@tanstack/react-router'
import type { AgeNotice, AiNotice } from '../api/types'
import { useWords } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import styles from './AiMark.module.css'
import { uiMessages } from './messages'
import { Seal } from './Seal'

/** The lasting mark beside the player: a solid seal where it is certain, a hollow one where it is supposed. */
export function AiMark({ notice }: { notice: AiNotice | null }) {
  const words = useWords()
  const t = useMessages(uiMessages)
  if (!notice) return null
  return (
    <Link to="/about/labels" className={styles.mark} title={t('aboutLabel')}>
      <Seal text="AI" tone={notice.label === '1' ? 'cinnabar' : 'hollow'} size={22} />
      <span className="unseen">{t('aiLabel', { text: '' })}</span>
      <span>{words(notice.text)}</span>
    </Link>
  )
}

/** Beside it, for whom the film is fit, where a moderator has said so. */
export function AgeMark({ notice }: { notice: AgeNotice | null }) {
  const words = useWords()
  if (!notice) return null
  return (
    <span className={styles.age} title={words(notice.text)}>
      <span aria-hidden="true">{notice.code}</span>
      <span className="unseen">{words(notice.text)}</span>
    </span>
  )
}
