import { Link } from '@tanstack/react-router'
import type { AiNotice } from '../api/types'
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
