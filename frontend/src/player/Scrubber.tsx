import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Playback } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { playerMessages } from './messages'
import styles from './Scrubber.module.css'
import type { VideoPlayer } from './VideoPlayer'

const STEP_MS = 5000

/**
 * The film's progress: drag it, or arrow keys, Home and End. Hovering with a mouse shows the
 * picture there.
 */
export function Scrubber({ player, playback }: { player: VideoPlayer | null; playback: Playback }) {
  const t = useMessages(playerMessages)
  const format = useFormat()
  const bar = useRef<HTMLDivElement>(null)
  const [positionMs, setPositionMs] = useState(0)
  const [dragMs, setDragMs] = useState<number | null>(null)
  const [hoverMs, setHoverMs] = useState<number | null>(null)
  const durationMs = playback.duration_ms

  useEffect(() => {
    if (!player) return
    const read = () => setPositionMs(player.positionMs)
    read()
    for (const type of ['timeupdate', 'seeked', 'ended'] as const)
      player.video.addEventListener(type, read)
    return () => {
      for (const type of ['timeupdate', 'seeked', 'ended'] as const)
        player.video.removeEventListener(type, read)
    }
  }, [player])

  const at = (event: PointerEvent): number => {
    const box = bar.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * durationMs
  }
  const shownMs = dragMs ?? positionMs
  const share = durationMs > 0 ? Math.min(1, shownMs / durationMs) : 0
  const previewMs = dragMs ?? hoverMs

  return (
    <div
      ref={bar}
      className={styles.scrubber}
      data-dragging={dragMs !== null || undefined}
      role="slider"
      tabIndex={0}
      aria-label={t('progress')}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(shownMs / 1000)}
      aria-valuetext={t('progressOf', {
        now: format.spoken(shownMs),
        all: format.spoken(durationMs),
      })}
      onKeyDown={(event) => {
        const jump: Record<string, number> = {
          ArrowRight: positionMs + STEP_MS,
          ArrowLeft: positionMs - STEP_MS,
          Home: 0,
          End: durationMs,
        }
        const to = jump[event.key]
        if (to === undefined) return
        event.preventDefault()
        event.stopPropagation()
        player?.seek(to)
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragMs(at(event))
      }}
      onPointerMove={(event) => {
        if (dragMs !== null) setDragMs(at(event))
        else if (event.pointerType === 'mouse') setHoverMs(at(event))
      }}
      onPointerLeave={() => setHoverMs(null)}
      onPointerUp={(event) => {
        if (dragMs !== null) player?.seek(at(event))
        setDragMs(null)
      }}
      onPointerCancel={() => setDragMs(null)}
    >
      <div className={styles.track}>
        <div className={styles.played} style={{ transform: `scaleX(${share})` }} />
      </div>
      <div className={styles.lamp} style={{ left: `${share * 100}%` }} />
      {previewMs !== null && (
        <div
          className={styles.preview}
          style={{ left: `clamp(50px, ${(previewMs / durationMs) * 100}%, calc(100% - 50px))` }}
        >
          <SpritePicture playback={playback} ms={previewMs} />
          <span>
            {format.clock(previewMs)} / {format.clock(durationMs)}
          </span>
        </div>
      )}
    </div>
  )
}

const PREVIEW_WIDTH = 90

function SpritePicture({ playback, ms }: { playback: Playback; ms: number }) {
  const { sprite, sprite_url: url } = playback
  if (!sprite || !url) return null
  const last = sprite.columns * sprite.rows - 1
  const index = Math.min(last, Math.floor(ms / sprite.interval_ms))
  const scale = PREVIEW_WIDTH / sprite.width
  return (
    <div
      className={styles.picture}
      style={{
        width: PREVIEW_WIDTH,
        height: sprite.height * scale,
        backgroundImage: `url("${url}")`,
        backgroundSize: `${sprite.columns * sprite.width * scale}px ${sprite.rows * sprite.height * scale}px`,
        backgroundPosition: `-${(index % sprite.columns) * PREVIEW_WIDTH}px -${
          Math.floor(index / sprite.columns) * sprite.height * scale
        }px`,
      }}
    />
  )
}
