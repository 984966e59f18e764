/** The server's clock: its time, where a film must be by it, and how to bring a film there. */

const MAX_SAMPLES = 8
/** A timestamp without a round trip may be as old as the line is slow; any ping beats it. */
const UNSOLICITED_ROUND_TRIP_MS = 2000

/**
 * The server's time: of the last answers the one with the shortest round trip counts (RFC 5905's
 * clock filter).
 */
export class ServerClock {
  private samples: { offsetMs: number; roundTripMs: number }[] = []

  constructor(private readonly localNow: () => number = Date.now) {}

  /** `serverTime` as it stood in a message that nobody asked for. */
  addTimestamp(serverTime: string): void {
    this.add(Date.parse(serverTime) - this.localNow(), UNSOLICITED_ROUND_TRIP_MS)
  }

  /** `serverTime` in an answer to a ping that was sent at `askedAt`, by this browser's clock. */
  addPong(serverTime: string, askedAt: number): void {
    const now = this.localNow()
    this.add(Date.parse(serverTime) - (askedAt + now) / 2, now - askedAt)
  }

  now(): number {
    return this.localNow() + this.offsetMs
  }

  get offsetMs(): number {
    let best = this.samples[0]
    for (const sample of this.samples)
      if (best && sample.roundTripMs <= best.roundTripMs) best = sample
    return best?.offsetMs ?? 0
  }

  private add(offsetMs: number, roundTripMs: number): void {
    if (Number.isNaN(offsetMs) || roundTripMs < 0) return
    this.samples = [...this.samples, { offsetMs, roundTripMs }].slice(-MAX_SAMPLES)
  }
}

/** Below this nobody notices, and nothing is done. */
export const MIN_DRIFT_MS = 700
/** From here on running a little faster would take too long. */
export const SEEK_DRIFT_MS = 2500
const SETTLED_DRIFT_MS = 120
/** A film that has just jumped needs time to load. */
const SEEK_COOLDOWN_MS = 3000
/** Loading after a jump takes about so long. */
const SEEK_LEAD_MS = 350
const MAX_RATE_CHANGE = 0.08

export interface Correction {
  rate: number
  seekMs: number | null
}

/** Keeps one film at the server's clock: small drift by playback rate, large drift by a seek. */
export class DriftCorrector {
  private correcting = false
  private soughtAt = Number.NEGATIVE_INFINITY

  /** The correction to apply. `driftMs`: how far the film is behind; negative when ahead. */
  correct(positionMs: number, targetMs: number, now: number): Correction {
    const driftMs = targetMs - positionMs
    const absoluteDriftMs = Math.abs(driftMs)
    if (absoluteDriftMs >= SEEK_DRIFT_MS) {
      this.correcting = false
      if (now - this.soughtAt < SEEK_COOLDOWN_MS) return { rate: 1, seekMs: null }
      this.soughtAt = now
      return { rate: 1, seekMs: Math.max(0, targetMs + SEEK_LEAD_MS) }
    }
    this.correcting =
      absoluteDriftMs > MIN_DRIFT_MS || (this.correcting && absoluteDriftMs > SETTLED_DRIFT_MS)
    if (!this.correcting) return { rate: 1, seekMs: null }
    const rateChange = Math.max(-MAX_RATE_CHANGE, Math.min(MAX_RATE_CHANGE, driftMs / 8000))
    return { rate: 1 + rateChange, seekMs: null }
  }
}

/** A duration as days, hours, minutes and seconds, rounded up to seconds, so that 0 means now. */
export function countdown(ms: number): {
  days: number
  hours: number
  minutes: number
  seconds: number
} {
  const all = Math.max(0, Math.ceil(ms / 1000))
  return {
    days: Math.floor(all / 86_400),
    hours: Math.floor((all % 86_400) / 3600),
    minutes: Math.floor((all % 3600) / 60),
    seconds: all % 60,
  }
}

/** How much of a span has passed at `now`, 0 to 1. */
export function elapsedShare(from: string, to: string, now: number): number {
  const start = Date.parse(from)
  const length = Date.parse(to) - start
  return length > 0 ? Math.max(0, Math.min(1, (now - start) / length)) : 1
}
