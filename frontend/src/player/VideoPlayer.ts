/**
 * One Cut on one video element: attaching, playing, stalling, expiring, failing. Plain TypeScript;
 * React only draws it.
 */
import { Problem } from '../api/problem'
import type { Playback } from '../api/types'
import { isMuted, lockSound, subscribeSound } from './sound'
import { attachSource, type BufferMode, type Source } from './source'

export type PlaybackState =
  | 'loading'
  | 'playing'
  | 'paused'
  | 'stalled'
  | 'ended'
  | 'failed'
  | 'gone'
/** `active` plays; `preload` holds the first seconds ready; `idle` holds nothing. */
export type PlaybackRole = 'active' | 'preload' | 'idle'

export type PlaybackEvent =
  | { type: 'start' | 'tick' | 'complete' | 'replay'; positionMs: number }
  | { type: 'left'; positionMs: number }

export interface VideoPlayerOptions {
  playback: Playback
  /**
   * A fresh playback, when the signed address has run out; throws a Problem that is `gone` when it
   * was taken down.
   */
  refresh: () => Promise<Playback>
  startMs?: number
  onMoment?: (moment: PlaybackEvent) => void
}

const STALL_MS = 350
/** An address with less than this left is fetched anew before it is used. */
const EXPIRY_MARGIN_MS = 20_000

export class VideoPlayer {
  state: PlaybackState = 'loading'
  error: unknown = null
  private playback: Playback
  private source: Source | null = null
  private role: PlaybackRole = 'idle'
  private startMs: number
  private renewing: Promise<void> | null = null
  private renewals = 0
  private started = false
  private completed = false
  private stallTimer: ReturnType<typeof setTimeout> | null = null
  private readonly listeners = new Set<() => void>()
  private readonly undo: (() => void)[] = []

  constructor(
    readonly video: HTMLVideoElement,
    private readonly options: VideoPlayerOptions,
  ) {
    this.playback = options.playback
    this.startMs = options.startMs ?? 0
    video.muted = isMuted()
    video.playsInline = true
    this.undo.push(subscribeSound(() => this.applySound()))
    this.listen('playing', () => this.onPlaying())
    this.listen('pause', () => {
      if (
        !video.ended &&
        this.state !== 'failed' &&
        this.state !== 'gone' &&
        this.role === 'active'
      )
        this.set('paused')
    })
    this.listen('waiting', () => this.onWaiting())
    this.listen('ended', () => this.onEnded())
    this.listen('timeupdate', () => {
      if (this.role === 'active' && !video.paused) this.emit('tick')
    })
  }

  get positionMs(): number {
    return Math.round(this.video.currentTime * 1000)
  }
  get durationMs(): number {
    const own = this.video.duration
    return Number.isFinite(own) && own > 0 ? Math.round(own * 1000) : this.playback.duration_ms
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  setRole(role: PlaybackRole): void {
    if (role === this.role) return
    const before = this.role
    this.role = role
    if (before === 'active') this.leave()
    if (role === 'idle') this.detach()
    else this.ensureSource(role === 'active' ? 'full' : 'preview')
    if (role === 'active') this.play()
  }

  play(): void {
    if (this.state === 'failed' || this.state === 'gone') return
    if (this.video.ended) {
      this.replay()
      return
    }
    this.ensureSource('full')
    this.video.muted = isMuted()
    void this.video.play().catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return
      if (this.video.muted) {
        this.set('paused')
        return
      }
      lockSound()
      this.video.muted = true
      void this.video.play().catch(() => this.set('paused'))
    })
  }

  pause(): void {
    this.video.pause()
  }

  toggle(): void {
    if (this.video.paused) this.play()
    else this.pause()
  }

  seek(ms: number): void {
    this.video.currentTime = Math.max(0, Math.min(ms, this.durationMs - 50)) / 1000
    if (this.state === 'ended') this.play()
  }

  replay(): void {
    this.video.currentTime = 0
    this.completed = false
    this.emit('replay')
    void this.video.play().catch(() => this.set('paused'))
  }

  /** After a failure: a fresh address, and on from where it stood. */
  retry(): void {
    this.renewals = 0
    void this.renew()
  }

  destroy(): void {
    if (this.role === 'active') this.leave()
    for (const undo of this.undo) undo()
    this.clearStall()
    this.detach()
    this.listeners.clear()
  }

  private leave(): void {
    this.video.pause()
    if (this.started) this.emit('left')
    this.started = false
    this.completed = false
  }

  private ensureSource(bufferMode: BufferMode): void {
    if (this.source) {
      this.source.setBufferMode(bufferMode)
      return
    }
    if (this.renewing) return
    if (
      Date.parse(this.playback.expires_at) - Date.now() < EXPIRY_MARGIN_MS &&
      this.renewals === 0
    ) {
      void this.renew()
      return
    }
    this.set('loading')
    this.source = attachSource(this.video, {
      url: this.playback.manifest_url,
      startMs: this.startMs,
      bufferMode,
      onFatal: () => void this.onFatal(),
    })
  }

  private detach(): void {
    if (!this.source) return
    this.startMs = this.video.ended ? 0 : this.positionMs || this.startMs
    this.source.detach()
    this.source = null
    this.state = 'loading'
  }

  /** Once, a failed stream may only mean that its address has run out. */
  private async onFatal(): Promise<void> {
    if (this.renewals > 0) {
      this.fail(null)
      return
    }
    await this.renew()
  }

  private renew(): Promise<void> {
    this.renewing ??= this.fetchAnew().finally(() => {
      this.renewing = null
    })
    return this.renewing
  }

  private async fetchAnew(): Promise<void> {
    this.renewals += 1
    this.detach()
    this.set('loading')
    try {
      this.playback = await this.options.refresh()
    } catch (error) {
      this.fail(error)
      return
    }
    this.renewing = null
    if (this.role === 'idle') return
    this.ensureSource(this.role === 'active' ? 'full' : 'preview')
    if (this.role === 'active') this.play()
  }

  private fail(error: unknown): void {
    this.error = error
    this.detach()
    this.set(error instanceof Problem && error.gone ? 'gone' : 'failed')
  }

  private onPlaying(): void {
    this.clearStall()
    this.renewals = 0
    if (this.role !== 'active') return
    this.set('playing')
    if (!this.started) {
      this.started = true
      this.emit('start')
    }
  }

  private onWaiting(): void {
    if (this.role !== 'active' || this.stallTimer) return
    this.stallTimer = setTimeout(() => {
      this.stallTimer = null
      if (!this.video.paused && this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA)
        this.set('stalled')
    }, STALL_MS)
  }

  private onEnded(): void {
    this.clearStall()
    this.set('ended')
    if (this.completed) return
    this.completed = true
    this.emit('complete')
  }

  private applySound(): void {
    this.video.muted = isMuted()
  }

  private emit(type: PlaybackEvent['type']): void {
    this.options.onMoment?.({ type, positionMs: this.positionMs })
  }

  private clearStall(): void {
    if (this.stallTimer) clearTimeout(this.stallTimer)
    this.stallTimer = null
  }

  private listen(type: keyof HTMLMediaElementEventMap, handler: () => void): void {
    this.video.addEventListener(type, handler)
    this.undo.push(() => this.video.removeEventListener(type, handler))
  }

  private set(state: PlaybackState): void {
    if (state === this.state) return
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
