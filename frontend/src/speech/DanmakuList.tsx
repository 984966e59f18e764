import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import type { VideoPlayer } from '../player/VideoPlayer'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import { SpeechActions } from './CommentItem'
import styles from './CommentSheet.module.css'
import { speechMessages } from './messages'
import { danmakuQuery, removeDanmaku } from './useDanmaku'

const PAGE_SIZE = 60

/** The danmaku of an episode's first minutes by time, to be read, reported and taken back. */
export function DanmakuList({
  episodeId,
  player,
}: {
  episodeId: string
  player: VideoPlayer | null
}) {
  const t = useMessages(speechMessages)
  const format = useFormat()
  const queryClient = useQueryClient()
  const [visibleCount, setVisibleCount] = useState(PAGE_SIZE)
  const danmaku = useQuery(danmakuQuery(episodeId))
  if (danmaku.isPending) return <Spinner small />
  if (danmaku.isError)
    return <ErrorState error={danmaku.error} level={2} onRetry={() => void danmaku.refetch()} />
  const sorted = [...danmaku.data.results].sort((a, b) => a.position_ms - b.position_ms)
  if (sorted.length === 0) return <p className={styles.empty}>{t('emptyDanmaku')}</p>
  return (
    <>
      <ul className={styles.list}>
        {sorted.slice(0, visibleCount).map((danmaku) => (
          <li key={danmaku.id} className={styles.item}>
            <p className={`${styles.text} ${danmaku.mine ? styles.mine : ''}`}>{danmaku.text}</p>
            {(danmaku.state === 'checking' || danmaku.state === 'held') && (
              <p className={styles.state}>{t(`state_${danmaku.state}`)}</p>
            )}
            <SpeechActions
              id={danmaku.id}
              mine={danmaku.mine}
              onChanged={() => removeDanmaku(queryClient, episodeId, danmaku.id)}
            >
              <button
                type="button"
                className={styles.time}
                disabled={!player}
                onClick={() => player?.seek(Math.max(0, danmaku.position_ms - 500))}
              >
                <span aria-hidden="true">{format.clock(danmaku.position_ms)}</span>
                <span className="unseen">
                  {t('goTo', { time: format.clock(danmaku.position_ms) })}
                </span>
              </button>
            </SpeechActions>
          </li>
        ))}
      </ul>
      {sorted.length > visibleCount && (
        <button
          type="button"
          className={styles.more}
          onClick={() => setVisibleCount(visibleCount + PAGE_SIZE)}
        >
          {t('more')}
        </button>
      )}
    </>
  )
}
