/**
 * What was watched, told as events. `watched_ms` counts film time that really ran, from the start
 * of this viewing.
 */
import { eventQueue } from '../api/events'
import type { WatchEvent, WatchEventKind } from '../api/types'
import { newId } from '../api/uuid'
import type { PlaybackEvent } from './VideoPlayer'

const PROGRESS_EVERY_MS = 5000
/** A step longer than this between two ticks is a jump, not watching. */
const MAX_TICK_MS = 1500
/** Left before this share of the film: a skip. */
const SKIP_SHARE = 0.3

export interface Watched {
  episodeId: string
  cutId: string
  durationMs: number
  impressionId?: string
}

export class WatchLog {
  private watchedMs = 0
  private lastPositionMs = 0
  private reportedAtMs = 0
  private complete = false

  constructor(
    private readonly what: Watched,
    private readonly send: (event: WatchEvent) => void = (event) => eventQueue().add(event),
  ) {}

  impression(): void {
    this.report('impression', 0)
  }

  readonly onMoment = (moment: PlaybackEvent): void => {
    const { type, positionMs } = moment
    switch (type) {
      case 'start':
        this.watchedMs = 0
        this.reportedAtMs = 0
        this.complete = false
        this.lastPositionMs = positionMs
        this.report('start', positionMs)
        break
      case 'tick': {
        const step = positionMs - this.lastPositionMs
        if (step > 0 && step <= MAX_TICK_MS) this.watchedMs += step
        this.lastPositionMs = positionMs
        if (this.watchedMs - this.reportedAtMs >= PROGRESS_EVERY_MS) {
          this.reportedAtMs = this.watchedMs
          this.report('progress', positionMs)
        }
        break
      }
      case 'complete':
        this.complete = true
        this.report('complete', positionMs)
        break
      case 'replay':
        this.complete = false
        this.watchedMs = 0
        this.reportedAtMs = 0
        this.lastPositionMs = 0
        this.report('replay', 0)
        break
      case 'left':
        if (this.complete) break
        this.report(
          positionMs < this.what.durationMs * SKIP_SHARE ? 'skip' : 'progress',
          positionMs,
        )
        break
    }
  }

  private report(kind: WatchEventKind, positionMs: number): void {
    const { episodeId, cutId, impressionId, durationMs } = this.what
    this.send({
      id: newId(),
      kind,
      episode_id: episodeId,
      cut_id: cutId,
      ...(impressionId ? { impression_id: impressionId } : {}),
      at: new Date().toISOString(),
      position_ms: Math.max(0, Math.min(positionMs, durationMs)),
      watched_ms: Math.round(this.watchedMs),
      duration_ms: durationMs,
    })
  }
}
