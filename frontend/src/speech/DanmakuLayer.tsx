import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Danmaku } from '../api/types'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import type { VideoPlayer } from '../player/VideoPlayer'
import { showToast } from '../ui/Toast'
import { useMediaQuery } from '../ui/useMediaQuery'
import styles from './DanmakuLayer.module.css'
import { DanmakuRenderer } from './DanmakuRenderer'
import { useDanmakuOn } from './danmakuPreference'
import { speechMessages } from './messages'
import { removeDanmaku, STRETCH_MS, upsertDanmaku, useDanmaku } from './useDanmaku'
import { useModerationUpdates } from './useModerationUpdates'

const TRACK_COUNT = 4
const TICK_MS = 100
/** Skimming through the feed loads no danmaku. */
const MIN_PLAY_MS = 700

interface LayerProps {
  episodeId: string
  player: VideoPlayer | null
  playing: boolean
}

/**
 * Danmaku over the picture. For the eye alone: the same words can be read, and reported, in the
 * sheet of comments. It lies above the film's subtitles and below its mark, and takes no touch.
 */
export function DanmakuLayer(props: LayerProps) {
  const isEnabled = useDanmakuOn()
  const [hasSettled, setHasSettled] = useState(false)
  const { episodeId, playing } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: another episode is settled anew.
  useEffect(() => setHasSettled(false), [episodeId])
  useEffect(() => {
    if (!playing || hasSettled) return
    const timer = setTimeout(() => setHasSettled(true), MIN_PLAY_MS)
    return () => clearTimeout(timer)
  }, [playing, hasSettled])
  return isEnabled && hasSettled ? <ActiveLayer key={episodeId} {...props} /> : null
}

function ActiveLayer({ episodeId, player, playing }: LayerProps) {
  const reducedMotion = useMediaQuery('(prefers-reduced-motion: reduce)')
  const container = useRef<HTMLDivElement>(null)
  const renderer = useRef<DanmakuRenderer | null>(null)
  const [stretch, setStretch] = useState(() => Math.floor((player?.positionMs ?? 0) / STRETCH_MS))
  const items = useDanmaku(episodeId, stretch)
  useOwnDanmakuUpdates(episodeId, items)

  useEffect(() => {
    const element = container.current
    if (!element) return
    const created = new DanmakuRenderer(element, {
      tracks: TRACK_COUNT,
      reducedMotion,
      className: styles.danmaku ?? '',
    })
    renderer.current = created
    const resizeObserver = new ResizeObserver(() => created.clear())
    resizeObserver.observe(element)
    return () => {
      resizeObserver.disconnect()
      created.clear()
      renderer.current = null
    }
  }, [reducedMotion])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new renderer has no items.
  useEffect(() => {
    if (items) renderer.current?.setItems(items)
  }, [items, reducedMotion])

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => renderer.current?.setPlaying(playing), [playing, reducedMotion])

  useEffect(() => {
    if (!player) return
    const timer = setInterval(() => {
      renderer.current?.tick(player.positionMs)
      setStretch(Math.floor(player.positionMs / STRETCH_MS))
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [player])

  return <div ref={container} className={styles.layer} aria-hidden="true" data-danmaku="" />
}

/** Follows the moderation of one's own danmaku: updates or removes them, and says why. */
function useOwnDanmakuUpdates(episodeId: string, items: Danmaku[] | undefined): void {
  const t = useMessages(speechMessages)
  const localized = useLocalizedText()
  const queryClient = useQueryClient()
  useModerationUpdates(items?.filter((danmaku) => danmaku.mine) ?? [], ({ id, state, reason }) => {
    const danmaku = items?.find((other) => other.id === id)
    if (!danmaku || danmaku.state === state) return
    if (state === 'shown' || state === 'held')
      upsertDanmaku(queryClient, episodeId, { ...danmaku, state })
    else removeDanmaku(queryClient, episodeId, id)
    if (state === 'held' && reason) showToast(localized(reason))
    if (state === 'refused') showToast(t('refusedDanmaku', { reason: localized(reason) }))
  })
}
