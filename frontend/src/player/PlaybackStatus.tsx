import { useEffect, useState } from 'react'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { playerMessages } from './messages'
import styles from './PlaybackStatus.module.css'
import type { PlaybackState, VideoPlayer } from './VideoPlayer'

/**
 * What lies over the picture when it does not simply play: it loads, is paused, or cannot be
 * played.
 */
export function PlaybackStatus({
  player,
  state,
  onSkip,
  skipLabel,
}: {
  player: VideoPlayer | null
  state: PlaybackState
  onSkip?: () => void
  skipLabel?: string
}) {
  const t = useMessages(playerMessages)
  // A film that starts at once shows no lamp at all.
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (state !== 'loading') return
    const timer = setTimeout(() => setSlow(true), 500)
    return () => clearTimeout(timer)
  }, [state])

  if (state === 'loading' || state === 'stalled') {
    const shown = state === 'stalled' || slow
    return (
      <div className={`${styles.status} ${shown ? styles.dim : ''}`} role="status">
        {shown && <span className={styles.glow} aria-hidden="true" />}
        {shown && <span className={styles.word}>{t(state)}</span>}
      </div>
    )
  }
  if (state === 'paused') {
    return (
      <div className={styles.status} aria-hidden="true">
        <span className={styles.play}>
          <Icon name="play" size={42} solid />
        </span>
      </div>
    )
  }
  if (state !== 'failed' && state !== 'gone') return null
  const problem = player?.error instanceof Problem ? player.error : null
  return (
    <div className={`${styles.status} ${styles.over}`} role="alert">
      <h2>{t(state === 'gone' ? 'goneTitle' : 'failedTitle')}</h2>
      <p>
        {state === 'gone'
          ? t('goneText')
          : problem && !problem.unreachable
            ? problem.title
            : t('failedText')}
      </p>
      <div className={styles.actions}>
        {state === 'failed' && <Button onClick={() => player?.retry()}>{t('retry')}</Button>}
        {onSkip && skipLabel && (
          <Button look="line" onClick={onSkip}>
            {skipLabel}
          </Button>
        )}
      </div>
    </div>
  )
}
