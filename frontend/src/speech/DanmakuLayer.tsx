import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Danmaku } from '../api/types'
import { useWords } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import type { Film } from '../player/film'
import { notify } from '../ui/Notice'
import { useMedia } from '../ui/useMedia'
import styles from './DanmakuLayer.module.css'
import { speechMessages } from './messages'
import { useDanmakuOn } from './preference'
import { Slips } from './slips'
import { putDanmaku, removeDanmaku, STRETCH_MS, useDanmaku } from './useDanmaku'
import { useSaid } from './useSaid'

const TRACKS = 4
const TICK_MS = 100
/** Who only turns the pages of the feed needs no danmaku of what they pass. */
const SETTLED_MS = 700

interface LayerProps {
  episodeId: string
  film: Film | null
  playing: boolean
}

/**
 * Danmaku over the picture. For the eye alone: the same words can be read, and reported, in the sheet of comments. It
 * lies above the film's subtitles and below its mark, and takes no touch.
 */
export function DanmakuLayer(props: LayerProps) {
  const on = useDanmakuOn()
  const [settled, setSettled] = useState(false)
  const { episodeId, playing } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: another episode is settled anew.
  useEffect(() => setSettled(false), [episodeId])
  useEffect(() => {
    if (!playing || settled) return
    const timer = setTimeout(() => setSettled(true), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [playing, settled])
  return on && settled ? <Layer key={episodeId} {...props} /> : null
}

function Layer({ episodeId, film, playing }: LayerProps) {
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const stage = useRef<HTMLDivElement>(null)
  const slips = useRef<Slips | null>(null)
  const [stretch, setStretch] = useState(() => Math.floor((film?.positionMs ?? 0) / STRETCH_MS))
  const items = useDanmaku(episodeId, stretch)
  useOwn(episodeId, items)

  useEffect(() => {
    const element = stage.current
    if (!element) return
    const made = new Slips(element, { tracks: TRACKS, still, className: styles.slip ?? '' })
    slips.current = made
    const watch = new ResizeObserver(() => made.clear())
    watch.observe(element)
    return () => {
      watch.disconnect()
      made.clear()
      slips.current = null
    }
  }, [still])

  // biome-ignore lint/correctness/useExhaustiveDependencies: slips that were made anew know nothing yet.
  useEffect(() => {
    if (items) slips.current?.set(items)
  }, [items, still])

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => slips.current?.run(playing), [playing, still])

  useEffect(() => {
    if (!film) return
    const timer = setInterval(() => {
      slips.current?.tick(film.positionMs)
      setStretch(Math.floor(film.positionMs / STRETCH_MS))
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [film])

  return <div ref={stage} className={styles.layer} aria-hidden="true" data-danmaku="" />
}

/** One's own words that wait: shown plainly once they are for all, gone with a word about why when they are refused. */
function useOwn(episodeId: string, items: Danmaku[] | undefined): void {
  const t = useMessages(speechMessages)
  const words = useWords()
  const client = useQueryClient()
  useSaid(items?.filter((one) => one.mine) ?? [], ({ id, state, reason }) => {
    const one = items?.find((other) => other.id === id)
    if (!one || one.state === state) return
    if (state === 'shown' || state === 'held') putDanmaku(client, episodeId, { ...one, state })
    else removeDanmaku(client, episodeId, id)
    if (state === 'held' && reason) notify(words(reason))
    if (state === 'refused') notify(t('refusedDanmaku', { reason: words(reason) }))
  })
}
