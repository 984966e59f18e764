/**
 * Where slips of words run: tracks over the picture, on which nothing overtakes or covers another.
 *
 * A slip of width w crosses a stage of width W in `crossingMs`, so a longer one runs faster: (W + w) / crossingMs. It may
 * enter a track once the tail of the one before is inside, and only if its head reaches the far edge after that tail has left.
 */
export interface TrackOptions {
  tracks: number
  stageWidth: number
  crossingMs: number
  /** Between one tail and the next head, in pixels. */
  gap: number
}

interface Runner {
  startMs: number
  width: number
}

export class Tracks {
  private readonly last: (Runner | null)[]

  constructor(private readonly options: TrackOptions) {
    this.last = Array.from({ length: options.tracks }, () => null)
  }

  /**
   * The uppermost track that is free for a slip of this width at this moment, which then holds it; null when none is.
   * With `must` there is always one: the track that is the least crowded.
   */
  take(width: number, nowMs: number, must = false): number | null {
    let track = this.last.findIndex(
      (before) => before === null || this.isFree(before, width, nowMs),
    )
    if (track < 0) {
      if (!must) return null
      track = this.leastCrowded(nowMs)
    }
    this.last[track] = { startMs: nowMs, width }
    return track
  }

  private speed(width: number): number {
    return (this.options.stageWidth + width) / this.options.crossingMs
  }

  private isFree(before: Runner, width: number, nowMs: number): boolean {
    const { stageWidth, crossingMs, gap } = this.options
    const inside = (nowMs - before.startMs) * this.speed(before.width) - before.width
    if (inside < gap) return false
    const headArrives = nowMs + stageWidth / this.speed(width)
    return headArrives >= before.startMs + crossingMs
  }

  /** The track whose last tail is furthest inside. */
  private leastCrowded(nowMs: number): number {
    const inside = this.last.map((one) =>
      one === null
        ? Number.POSITIVE_INFINITY
        : (nowMs - one.startMs) * this.speed(one.width) - one.width,
    )
    return inside.indexOf(Math.max(...inside))
  }
}

/** For those who want no motion: a slip stands still in a row of its own for a while; with `must` it takes the row that is due first. */
export class Rows {
  private readonly until: number[]

  constructor(
    rows: number,
    private readonly standingMs: number,
  ) {
    this.until = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY)
  }

  take(_width: number, nowMs: number, must = false): number | null {
    let row = this.until.findIndex((until) => until <= nowMs)
    if (row < 0) {
      if (!must) return null
      row = this.until.indexOf(Math.min(...this.until))
    }
    this.until[row] = nowMs + this.standingMs
    return row
  }
}
