/**
 * Where danmaku run: tracks over the picture, on which no item overtakes or covers another.
 *
 * An item of width w crosses a container of width W in `scrollMs`, so a longer one runs faster, at
 * (W + w) / scrollMs. It may enter a track once the tail of the one before is inside, and only if
 * its head reaches the far edge after that tail has left.
 */
export interface ScrollingTracksOptions {
  tracks: number
  containerWidth: number
  scrollMs: number
  /** Between one tail and the next head, in pixels. */
  gapPx: number
}

interface Occupant {
  startMs: number
  width: number
}

export class ScrollingTracks {
  private readonly last: (Occupant | null)[]

  constructor(private readonly options: ScrollingTracksOptions) {
    this.last = Array.from({ length: options.tracks }, () => null)
  }

  /**
   * The uppermost track that is free for an item of this width at this moment, which then holds it;
   * null when none is. With `force` there is always one: the track that is the least crowded.
   */
  assign(width: number, nowMs: number, force = false): number | null {
    let track = this.last.findIndex(
      (before) => before === null || this.isFree(before, width, nowMs),
    )
    if (track < 0) {
      if (!force) return null
      track = this.leastCrowded(nowMs)
    }
    this.last[track] = { startMs: nowMs, width }
    return track
  }

  private speed(width: number): number {
    return (this.options.containerWidth + width) / this.options.scrollMs
  }

  private isFree(before: Occupant, width: number, nowMs: number): boolean {
    const { containerWidth, scrollMs, gapPx } = this.options
    const clearance = (nowMs - before.startMs) * this.speed(before.width) - before.width
    if (clearance < gapPx) return false
    const headArrives = nowMs + containerWidth / this.speed(width)
    return headArrives >= before.startMs + scrollMs
  }

  /** The track whose last tail is furthest inside. */
  private leastCrowded(nowMs: number): number {
    const clearance = this.last.map((occupant) =>
      occupant === null
        ? Number.POSITIVE_INFINITY
        : (nowMs - occupant.startMs) * this.speed(occupant.width) - occupant.width,
    )
    return clearance.indexOf(Math.max(...clearance))
  }
}

/**
 * For reduced motion: an item stands still in a row for a while; with `force` it takes the row
 * that is free first.
 */
export class StaticRows {
  private readonly until: number[]

  constructor(
    rows: number,
    private readonly staticMs: number,
  ) {
    this.until = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY)
  }

  assign(_width: number, nowMs: number, force = false): number | null {
    let row = this.until.findIndex((until) => until <= nowMs)
    if (row < 0) {
      if (!force) return null
      row = this.until.indexOf(Math.min(...this.until))
    }
    this.until[row] = nowMs + this.staticMs
    return row
  }
}
