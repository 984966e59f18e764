/** Facts and their corrections as plain values. Places count Unicode code points, as Python does. */
import type { FactCorrection, StoryFact, StoryState } from '../../../api/types'

export const FACT_KINDS = [
  'person',
  'relation',
  'place',
  'time',
  'thing',
  'event',
  'negation',
  'number',
  'tone',
] as const

export interface Segment {
  text: string
  start: number
  /** The narrowest fact that these words say, if any. */
  kind: StoryFact['kind'] | 'unknown' | null
  active: boolean
}

/** The idea in pieces, each marked by the narrowest fact that it says and whether that is active. */
export function segmentsOf(story: StoryState, active: StoryFact | null): Segment[] {
  const letters = Array.from(story.text)
  const spans = [
    ...(story.facts ?? []).flatMap((fact) =>
      fact.spans.map((span) => ({ ...span, kind: fact.kind })),
    ),
    ...story.unknown.map((word) => ({
      start: word.start,
      end: word.end,
      kind: 'unknown' as const,
    })),
  ].sort((a, b) => a.end - a.start - (b.end - b.start))
  const cuts = new Set([0, letters.length])
  for (const { start, end } of [...spans, ...(active?.spans ?? [])]) {
    cuts.add(start)
    cuts.add(end)
  }
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((start, at) => {
    const end = places[at + 1] ?? letters.length
    const holds = (span: { start: number; end: number }) => span.start <= start && end <= span.end
    return {
      text: letters.slice(start, end).join(''),
      start,
      kind: spans.find(holds)?.kind ?? null,
      active: active?.spans.some(holds) ?? false,
    }
  })
}

export const factKey = (fact: StoryFact) =>
  `${fact.kind} ${fact.spans[0]?.start} ${fact.spans[0]?.end} ${fact.word} ${fact.text}`

const BLANK = { word: '', sex: null, age: null, being: null } as const

/** A correction of one fact, which its first place names. */
export function correctionOf(
  fact: StoryFact,
  deed: 'change' | 'remove',
  change: Partial<Pick<FactCorrection, 'sex' | 'age' | 'being'>> = {},
): FactCorrection {
  const { start, end } = fact.spans[0] ?? { start: 0, end: 0 }
  return { deed, kind: fact.kind, start, end, ...BLANK, word: fact.word, ...change }
}

/** The corrections with another; what was changed of the same person before is said once. */
export function withCorrection(before: FactCorrection[], next: FactCorrection): FactCorrection[] {
  const last = before.findIndex(
    ({ deed, kind, start, end }) =>
      deed === 'change' &&
      next.deed === 'change' &&
      kind === next.kind &&
      start === next.start &&
      end === next.end,
  )
  if (last < 0) return [...before, next]
  return before.map((correction, at) =>
    at === last
      ? {
          ...correction,
          sex: next.sex ?? correction.sex,
          age: next.age ?? correction.age,
          being: next.being ?? correction.being,
        }
      : correction,
  )
}

/** The corrections without one of them, and without later ones of the same place that rest on it. */
export function withoutCorrection(before: FactCorrection[], index: number): FactCorrection[] {
  const gone = before[index]
  if (!gone) return before
  return before.filter(
    ({ start, end }, at) =>
      at !== index &&
      (gone.deed === 'change' || at < index || start !== gone.start || end !== gone.end),
  )
}

/** Where a word of the idea stands that is nobody yet; null when it does not stand there. */
export function placeOfWord(
  story: StoryState,
  word: string,
): { start: number; end: number } | null {
  const letters = Array.from(story.text)
  const wanted = Array.from(word)
  const taken = (story.facts ?? [])
    .filter((fact) => fact.kind === 'person')
    .flatMap((fact) => fact.spans)
  let first: { start: number; end: number } | null = null
  for (let start = 0; wanted.length > 0 && start + wanted.length <= letters.length; start++) {
    if (!wanted.every((letter, at) => letters[start + at] === letter)) continue
    const place = { start, end: start + wanted.length }
    if (!taken.some((span) => span.start < place.end && place.start < span.end)) return place
    first ??= place
  }
  return first
}

export const wordsAt = (text: string, start: number, end: number) =>
  Array.from(text).slice(start, end).join('')
