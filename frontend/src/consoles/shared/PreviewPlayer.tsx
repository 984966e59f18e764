import type { CSSProperties } from 'react'
import type { Playback } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { Icon } from '../../ui/Icon'
import { consoleMessages } from './messages'
import styles from './PreviewPlayer.module.css'
import type { Preview } from './usePreview'

/** The picture of a preview with what one needs below it: play, a bar to seek, the time. */
export function PreviewPlayer({
  preview,
  playback,
  title,
  muted = false,
  filter,
}: {
  preview: Preview
  playback: Playback
  title: string
  muted?: boolean
  /** A CSS filter over the picture, for those who would rather not see it sharp. */
  filter?: string
}) {
  const t = useMessages(consoleMessages)
  const format = useFormat()
  const { state, positionMs } = preview
  const playing = state === 'playing'
  const aspectRatio =
    playback.width && playback.height ? `${playback.width} / ${playback.height}` : '9 / 16'
  return (
    <figure className={styles.player} style={{ '--ratio': aspectRatio } as CSSProperties}>
      <div className={styles.picture}>
        <video
          ref={preview.videoRef}
          poster={playback.poster_url}
          playsInline
          muted={muted}
          aria-label={t('previewOf', { title })}
          style={{ filter }}
        />
        <button
          type="button"
          className={styles.surface}
          onClick={preview.toggle}
          tabIndex={-1}
          aria-hidden="true"
        />
        {state === 'failed' && (
          <div className={styles.failed} role="alert">
            <p>{t('filmFailed')}</p>
            <button type="button" onClick={preview.retry}>
              {t('retry')}
            </button>
          </div>
        )}
      </div>
      <div className={styles.controls}>
        <button
          type="button"
          className={styles.play}
          onClick={preview.toggle}
          disabled={state === 'failed'}
        >
          <Icon name={playing ? 'pause' : 'play'} size={20} solid={!playing} />
          <span className="unseen">{t(playing ? 'pause' : 'play')}</span>
        </button>
        <input
          type="range"
          className={styles.seek}
          min={0}
          max={playback.duration_ms}
          step={40}
          value={Math.min(positionMs, playback.duration_ms)}
          onChange={(event) => preview.seek(Number(event.currentTarget.value))}
          aria-label={t('previewOf', { title })}
          aria-valuetext={format.spoken(positionMs)}
        />
        <span className={styles.time}>
          {format.clock(positionMs)} / {format.clock(playback.duration_ms)}
        </span>
      </div>
    </figure>
  )
}
