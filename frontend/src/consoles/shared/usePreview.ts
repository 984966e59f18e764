/** Plays a Cut's preview by HLS; requests a fresh signed address once when one has expired. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Playback } from '../../api/types'
import { attachSource } from '../../player/source'

export type PreviewState = 'loading' | 'playing' | 'paused' | 'ended' | 'failed'

export interface Preview {
  videoRef: RefObject<HTMLVideoElement | null>
  state: PreviewState
  positionMs: number
  seek: (ms: number) => void
  toggle: () => void
  retry: () => void
}

/** `refresh` fetches the Cut's preview anew, or null when it has none any more. */
export function usePreview(
  playback: Playback | null,
  refresh: () => Promise<Playback | null>,
): Preview {
  const videoRef = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<PreviewState>('loading')
  const [positionMs, setPositionMs] = useState(0)
  const [url, setUrl] = useState(playback?.manifest_url ?? null)
  const cutId = playback?.cut_id ?? null
  const hasRenewed = useRef(false)
  const latest = useRef({ playback, refresh })
  useEffect(() => {
    latest.current = { playback, refresh }
  })

  // A new signed address for the same Cut must not restart a film that plays.
  useEffect(() => {
    hasRenewed.current = false
    setPositionMs(0)
    setUrl(cutId ? (latest.current.playback?.manifest_url ?? null) : null)
  }, [cutId])

  const renew = useCallback(async () => {
    setState('loading')
    try {
      const next = await latest.current.refresh()
      if (next) setUrl(next.manifest_url)
      else setState('failed')
    } catch {
      setState('failed')
    }
  }, [])

  useEffect(() => {
    const video = videoRef.current
    if (!video || !url) return
    setState('loading')
    const source = attachSource(video, {
      url,
      startMs: Math.round(video.currentTime * 1000),
      bufferMode: 'full',
      onFatal: () => {
        if (hasRenewed.current) {
          setState('failed')
          return
        }
        hasRenewed.current = true
        void renew()
      },
    })
    return () => source.detach()
  }, [url, renew])

  useEffect(() => {
    const video = videoRef.current
    if (!video || !cutId) return
    let frame = 0
    const updatePosition = () => setPositionMs(Math.round(video.currentTime * 1000))
    const updateEveryFrame = () => {
      updatePosition()
      frame = video.paused ? 0 : requestAnimationFrame(updateEveryFrame)
    }
    const handlers: Partial<Record<keyof HTMLMediaElementEventMap, () => void>> = {
      playing: () => {
        hasRenewed.current = false
        setState('playing')
        cancelAnimationFrame(frame)
        updateEveryFrame()
      },
      pause: () => setState('paused'),
      ended: () => setState('ended'),
      loadeddata: () => setState((was) => (was === 'loading' && video.paused ? 'paused' : was)),
      seeked: updatePosition,
      timeupdate: updatePosition,
    }
    const events = Object.entries(handlers) as [keyof HTMLMediaElementEventMap, () => void][]
    for (const [type, handler] of events) video.addEventListener(type, handler)
    return () => {
      cancelAnimationFrame(frame)
      for (const [type, handler] of events) video.removeEventListener(type, handler)
    }
  }, [cutId])

  const seek = useCallback((ms: number) => {
    const video = videoRef.current
    if (!video) return
    const last = Number.isFinite(video.duration) ? video.duration - 0.05 : Number.POSITIVE_INFINITY
    video.currentTime = Math.max(0, Math.min(ms / 1000, last))
    setPositionMs(Math.round(video.currentTime * 1000))
  }, [])
  const toggle = useCallback(() => {
    const video = videoRef.current
    if (!video) return
    if (video.paused) void video.play().catch(() => setState('paused'))
    else video.pause()
  }, [])
  const retry = useCallback(() => {
    hasRenewed.current = true
    setUrl(null)
    void renew()
  }, [renew])

  return { videoRef, state, positionMs, seek, toggle, retry }
}
