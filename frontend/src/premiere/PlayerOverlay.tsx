import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import type { ActiveVideo } from '../player/EpisodeVideo'
import { PlaybackStatus } from '../player/PlaybackStatus'
import { setSound, useSound } from '../player/sound'
import stage from '../player/VideoLayout.module.css'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { premiereMessages } from './messages'
import styles from './PremierePlayer.module.css'
import type { PremiereConnection } from './usePremiere'

/** Over the picture: what it waits for, how many watch, and the offer of sound. */
export function PlayerOverlay({
  premiere: { state },
  current,
}: {
  premiere: PremiereConnection
  current: ActiveVideo | null
}) {
  const t = useMessages(premiereMessages)
  const format = useFormat()
  const voting = state.phase === 'voting'
  const playerState = current?.state ?? 'loading'
  return (
    <>
      <div className={stage.shade} />
      {!voting && playerState !== 'paused' && (
        <PlaybackStatus player={current?.player ?? null} state={playerState} />
      )}
      <p className={styles.audience}>
        <span className={styles.dot} aria-hidden="true" />
        <span>
          {t('premiere')} · {t('watching', { n: format.count(Math.max(1, state.present)) })}
        </span>
      </p>
      {!voting && <UnmuteButton />}
    </>
  )
}

/** The browser keeps a film silent until a touch: say so where nobody can miss it. */
function UnmuteButton() {
  const t = useMessages(premiereMessages)
  const { waiting } = useSound()
  if (!waiting) return null
  return (
    <Button className={styles.unmute} onClick={() => setSound(true)}>
      <Icon name="sound" size={24} />
      {t('soundOn')}
    </Button>
  )
}
