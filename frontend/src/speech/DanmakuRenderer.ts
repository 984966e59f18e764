/**
 * Draws danmaku over the picture. Plain TypeScript around one element: `tick` takes the film's time
 * and adds and removes child elements. The animations pause with the film.
 */
import type { Danmaku } from '../api/types'
import { ScrollingTracks, StaticRows } from './danmakuTracks'

const SCROLL_MS = 8000
const STATIC_MS = 4000
const GAP_PX = 28
/** A jump of the film's time; what is on the screen belongs to another moment. */
const JUMP_MS = 1500

export interface DanmakuRendererOptions {
  tracks: number
  /** Without motion. */
  reducedMotion: boolean
  /** Class names of a slip; what tells one's own and those that wait are data attributes. */
  className: string
}

export class DanmakuRenderer {
  private items: Danmaku[] = []
  private readonly knownIds = new Set<string>()
  private readonly visible = new Map<
    string,
    { element: HTMLElement; run: Animation; track: number }
  >()
  private tracks: ScrollingTracks | StaticRows
  private nowMs = -1
  private running = false

  constructor(
    private readonly container: HTMLElement,
    private readonly options: DanmakuRendererOptions,
  ) {
    this.tracks = this.createTracks()
  }

  /**
   * Replaces the items. New ones of this moment are shown at once, missing ones removed at once.
   */
  setItems(items: readonly Danmaku[]): void {
    const isFirst = this.items.length === 0
    this.items = [...items].sort((a, b) => a.position_ms - b.position_ms)
    const byId = new Map(items.map((danmaku) => [danmaku.id, danmaku]))
    for (const [id, { element }] of this.visible) {
      const danmaku = byId.get(id)
      if (!danmaku) this.remove(id)
      else element.dataset.waiting = String(danmaku.state !== 'shown')
    }
    const added = items.filter((danmaku) => !this.knownIds.has(danmaku.id))
    for (const danmaku of added) this.knownIds.add(danmaku.id)
    if (isFirst) this.redraw()
    else for (const danmaku of added) if (this.isOnScreen(danmaku)) this.show(danmaku, this.nowMs)
  }

  /** The film stands at this moment. */
  tick(positionMs: number): void {
    const before = this.nowMs
    this.nowMs = positionMs
    if (before < 0 || positionMs < before || positionMs - before > JUMP_MS) {
      this.redraw()
      return
    }
    for (const danmaku of this.items) {
      if (danmaku.position_ms > positionMs) break
      if (danmaku.position_ms > before) this.show(danmaku, positionMs)
    }
  }

  /** The film runs, or stands still. */
  setPlaying(running: boolean): void {
    if (running === this.running) return
    this.running = running
    for (const { run } of this.visible.values()) {
      if (running) run.play()
      else run.pause()
    }
  }

  /** Nothing is on the screen. */
  clear(): void {
    for (const id of [...this.visible.keys()]) this.remove(id)
    this.tracks = this.createTracks()
  }

  /** The screen as it stands at this moment: what set out before is on its way already. */
  private redraw(): void {
    this.clear()
    for (const danmaku of this.items)
      if (this.isOnScreen(danmaku)) this.show(danmaku, danmaku.position_ms)
  }

  private isOnScreen(danmaku: Danmaku): boolean {
    const since = this.nowMs - danmaku.position_ms
    return this.nowMs >= 0 && since >= 0 && since < this.durationMs
  }

  private get durationMs(): number {
    return this.options.reducedMotion ? STATIC_MS : SCROLL_MS
  }

  private createTracks(): ScrollingTracks | StaticRows {
    return this.options.reducedMotion
      ? new StaticRows(this.options.tracks, STATIC_MS)
      : new ScrollingTracks({
          tracks: this.options.tracks,
          containerWidth: this.container.clientWidth,
          scrollMs: SCROLL_MS,
          gapPx: GAP_PX,
        })
  }

  private show(danmaku: Danmaku, startMs: number): void {
    if (this.visible.has(danmaku.id)) return
    const element = document.createElement('span')
    element.className = this.options.className
    element.textContent = danmaku.text
    element.dataset.waiting = String(danmaku.state !== 'shown')
    if (danmaku.mine) element.dataset.mine = 'true'
    this.container.append(element)
    const width = element.offsetWidth
    // What one has just said is seen in any case.
    const track = this.tracks.assign(width, startMs, danmaku.mine && danmaku.state !== 'shown')
    if (track === null) {
      element.remove()
      return
    }
    // Two that stand in one row could not be read.
    if (this.options.reducedMotion)
      for (const [id, other] of this.visible) if (other.track === track) this.remove(id)
    element.style.setProperty('--track', String(track))
    const run = this.options.reducedMotion
      ? animateFade(element)
      : animateAcross(element, this.container.clientWidth, width)
    run.currentTime = this.nowMs - startMs
    if (!this.running) run.pause()
    run.onfinish = () => this.remove(danmaku.id)
    this.visible.set(danmaku.id, { element, run, track })
  }

  private remove(id: string): void {
    const item = this.visible.get(id)
    if (!item) return
    this.visible.delete(id)
    item.run.onfinish = null
    item.run.cancel()
    item.element.remove()
  }
}

function animateAcross(element: HTMLElement, stageWidth: number, width: number): Animation {
  return element.animate(
    [{ transform: `translateX(${stageWidth}px)` }, { transform: `translateX(${-width}px)` }],
    { duration: SCROLL_MS, easing: 'linear', fill: 'both' },
  )
}

function animateFade(element: HTMLElement): Animation {
  element.dataset.still = 'true'
  return element.animate(
    [{ opacity: 0 }, { opacity: 1, offset: 0.1 }, { opacity: 1, offset: 0.85 }, { opacity: 0 }],
    {
      duration: STATIC_MS,
      fill: 'both',
    },
  )
}
