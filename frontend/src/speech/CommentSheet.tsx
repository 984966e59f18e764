import { useState } from 'react'
import type { EpisodeCard } from '../api/types'
import { useMessages } from '../i18n/messages'
import type { VideoPlayer } from '../player/VideoPlayer'
import { SheetDialog } from '../ui/SheetDialog'
import { CommentList } from './CommentList'
import styles from './CommentSheet.module.css'
import { DanmakuList } from './DanmakuList'
import { speechMessages } from './messages'

/** The comments of an episode, and its danmaku as a list that can be read and reported. */
export function CommentSheet({
  episode,
  player,
  onClose,
}: {
  episode: Pick<EpisodeCard, 'id'>
  player: VideoPlayer | null
  onClose: () => void
}) {
  const t = useMessages(speechMessages)
  const [tab, setTab] = useState<'comments' | 'danmaku'>('comments')
  return (
    <SheetDialog title={t('title')} onClose={onClose}>
      <div className={styles.tabs}>
        {(['comments', 'danmaku'] as const).map((name) => (
          <button key={name} type="button" aria-pressed={name === tab} onClick={() => setTab(name)}>
            {t(name)}
          </button>
        ))}
      </div>
      {tab === 'comments' ? (
        <CommentList episodeId={episode.id} />
      ) : (
        <DanmakuList episodeId={episode.id} player={player} />
      )}
    </SheetDialog>
  )
}
