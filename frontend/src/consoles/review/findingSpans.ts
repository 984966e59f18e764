/** Findings along the film: their order, and where they lie in what is said. */
import type { Finding, SpokenLine } from '../../api/types'

/** By their place in the film; those about the whole film first. */
export function sortFindings(findings: Finding[]): Finding[] {
  return [...findings].sort((a, b) => (a.start_ms ?? -1) - (b.start_ms ?? -1) || b.score - a.score)
}

export function overlapsLine(line: SpokenLine, finding: Finding): boolean {
  if (finding.channel !== 'text' || line.start_ms === null || finding.start_ms === null)
    return false
  return (
    line.start_ms < (finding.end_ms ?? finding.start_ms + 1) &&
    (line.end_ms ?? line.start_ms + 1) > finding.start_ms
  )
}

/**
 * Splits evidence into the passages it quotes; they are joined by dots. Punctuation alone is
 * dropped.
 */
function evidencePieces(finding: Finding): string[] {
  return finding.evidence
    .split(' · ')
    .map((piece) => piece.trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}

export interface TextPart {
  text: string
  marked: boolean
}

/**
 * A line cut at what findings name as evidence. Where a finding lies on the line and its evidence
 * is not in the words, the whole line is marked.
 */
export function highlightEvidence(line: SpokenLine, findings: Finding[]): TextPart[] {
  const overlapping = findings.filter((finding) => overlapsLine(line, finding))
  if (overlapping.length === 0) return [{ text: line.text, marked: false }]
  const isMarked = new Array<boolean>(line.text.length).fill(false)
  let found = false
  for (const evidence of overlapping.flatMap(evidencePieces)) {
    for (
      let index = line.text.indexOf(evidence);
      index >= 0;
      index = line.text.indexOf(evidence, index + 1)
    ) {
      isMarked.fill(true, index, index + evidence.length)
      found = true
    }
  }
  if (!found) return [{ text: line.text, marked: true }]
  const parts: TextPart[] = []
  for (const [index, letter] of [...line.text].entries()) {
    const marked = isMarked[index] ?? false
    const last = parts.at(-1)
    if (last && last.marked === marked) last.text += letter
    else parts.push({ text: letter, marked })
  }
  return parts
}

/** When a finding occurs, as `0:05–0:09`; null when it concerns the whole film. */
export function formatFindingTime(
  { start_ms, end_ms }: Pick<Finding, 'start_ms' | 'end_ms'>,
  formatClock: (ms: number) => string,
): string | null {
  if (start_ms === null) return null
  return `${formatClock(start_ms)}–${formatClock(end_ms ?? start_ms)}`
}
