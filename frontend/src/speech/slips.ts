/**
 * Words that slide over the picture, like puppets on their rods. Plain TypeScript around one element: the film's time goes in,
 * elements come and go. They run on the film's clock: a film that stands still holds them.
 */
import type { Danmaku } from '../api/types'
import { Rows, Tracks } from './tracks'

const CROSSING_MS = 8000
const STANDING_MS = 4000
const GAP_PX = 28
/** A jump of the film's time; what is on the screen belongs to another moment. */
const JUMP_MS = 1500

export interface SlipsOptions {
  tracks: number
  /** Without motion. */
  still: boolean
  /** Class names of a slip; what tells one's own and those that wait are data attributes. */
  className: string
}

export class Slips {
  private items: Danmaku[] = []
  private readonly known = new Set<string>()
  private readonly flying = new Map<
    string,
    { element: HTMLElement; run: Animation; track: number }
  >()
  private tracks: Tracks | Rows
  private nowMs = -1
  private running = false

  constructor(
    private readonly stage: HTMLElement,
    private readonly options: SlipsOptions,
  ) {
    this.tracks = this.freshTracks()
  }

  /** What there is to show. What is new and of these moments is shown at once; what is missing now goes at once. */
  set(items: readonly Danmaku[]): void {
    const first = this.items.length === 0
    this.items = [...items].sort((a, b) => a.position_ms - b.position_ms)
    const there = new Map(items.map((one) => [one.id, one]))
    for (const [id, { element }] of this.flying) {
      const one = there.get(id)
      if (!one) this.drop(id)
      else element.dataset.waiting = String(one.state !== 'shown')
    }
    const fresh = items.filter((one) => !this.known.has(one.id))
    for (const one of fresh) this.known.add(one.id)
    if (first) this.begin()
    else for (const one of fresh) if (this.isUnderWay(one)) this.fly(one, this.nowMs)
  }

  /** The film stands at this moment. */
  tick(positionMs: number): void {
    const before = this.nowMs
    this.nowMs = positionMs
    if (before < 0 || positionMs < before || positionMs - before > JUMP_MS) {
      this.begin()
      return
    }
    for (const one of this.items) {
      if (one.position_ms > positionMs) break
      if (one.position_ms > before) this.fly(one, positionMs)
    }
  }

  /** The film runs, or stands still. */
  run(running: boolean): void {
    if (running === this.running) return
    this.running = running
    for (const { run } of this.flying.values()) {
      if (running) run.play()
      else run.pause()
    }
  }

  /** Nothing is on the screen. */
  clear(): void {
    for (const id of [...this.flying.keys()]) this.drop(id)
    this.tracks = this.freshTracks()
  }

  /** The screen as it stands at this moment: what set out before is on its way already. */
  private begin(): void {
    this.clear()
    for (const one of this.items) if (this.isUnderWay(one)) this.fly(one, one.position_ms)
  }

  private isUnderWay(one: Danmaku): boolean {
    const since = this.nowMs - one.position_ms
    return this.nowMs >= 0 && since >= 0 && since < this.lastsMs
  }

  private get lastsMs(): number {
    return this.options.still ? STANDING_MS : CROSSING_MS
  }

  private freshTracks(): Tracks | Rows {
    return this.options.still
      ? new Rows(this.options.tracks, STANDING_MS)
      : new Tracks({
          tracks: this.options.tracks,
          stageWidth: this.stage.clientWidth,
          crossingMs: CROSSING_MS,
          gap: GAP_PX,
        })
  }

  private fly(one: Danmaku, startMs: number): void {
    if (this.flying.has(one.id)) return
    const element = document.createElement('span')
    element.className = this.options.className
    element.textContent = one.text
    element.dataset.waiting = String(one.state !== 'shown')
    if (one.mine) element.dataset.mine = 'true'
    this.stage.append(element)
    const width = element.offsetWidth
    // What one has just said is seen in any case.
    const track = this.tracks.take(width, startMs, one.mine && one.state !== 'shown')
    if (track === null) {
      element.remove()
      return
    }
    // Two that stand in one row could not be read.
    if (this.options.still)
      for (const [id, other] of this.flying) if (other.track === track) this.drop(id)
    element.style.setProperty('--track', String(track))
    const run = this.options.still ? stand(element) : cross(element, this.stage.clientWidth, width)
    run.currentTime = this.nowMs - startMs
    if (!this.running) run.pause()
    run.onfinish = () => this.drop(one.id)
    this.flying.set(one.id, { element, run, track })
  }

  private drop(id: string): void {
    const slip = this.flying.get(id)
    if (!slip) return
    this.flying.delete(id)
    slip.run.onfinish = null
    slip.run.cancel()
    slip.element.remove()
  }
}

function cross(element: HTMLElement, stageWidth: number, width: number): Animation {
  return element.animate(
    [{ transform: `translateX(${stageWidth}px)` }, { transform: `translateX(${-width}px)` }],
    { duration: CROSSING_MS, easing: 'linear', fill: 'both' },
  )
}

function stand(element: HTMLElement): Animation {
  element.dataset.still = 'true'
  return element.animate(
    [{ opacity: 0 }, { opacity: 1, offset: 0.1 }, { opacity: 1, offset: 0.85 }, { opacity: 0 }],
    {
      duration: STANDING_MS,
      fill: 'both',
    },
  )
}
