import { useQuery } from '@tanstack/react-query'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { uploadQuery } from '../queries'
import styles from './UploadPanel.module.css'
import { uploadMessages } from './uploadMessages'

/** Names what a film file holds beside the film: nothing of it is lost silently. */
export function LeftOutNote({ uploadId }: { uploadId: string }) {
  const t = useMessages(uploadMessages)
  const words = useLocalizedText()
  const parts = useQuery(uploadQuery(uploadId)).data?.left_out ?? []
  if (parts.length === 0) return null
  const names = parts.map(words).join(t('listSeparator'))
  return <p className={styles.hint}>{t('leftOut', { parts: names })}</p>
}
