/** Findings along the film: their order, and where they lie in what is said. */
import type { Finding, SpokenLine } from '../types'

/** By their place in the film; those about the whole film first. */
export function inOrder(findings: Finding[]): Finding[] {
  return [...findings].sort((a, b) => (a.start_ms ?? -1) - (b.start_ms ?? -1) || b.score - a.score)
}

export function touches(line: SpokenLine, finding: Finding): boolean {
  if (finding.channel !== 'text' || line.start_ms === null || finding.start_ms === null)
    return false
  return (
    line.start_ms < (finding.end_ms ?? finding.start_ms + 1) &&
    (line.end_ms ?? line.start_ms + 1) > finding.start_ms
  )
}

/** A finding names the pieces of text that weighed most, with dots between; signs alone say nothing to a reader. */
function piecesOf(finding: Finding): string[] {
  return finding.evidence
    .split(' · ')
    .map((piece) => piece.trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}

export interface Part {
  text: string
  marked: boolean
}

/**
 * A line cut at what findings name as evidence. Where a finding lies on the line and its evidence is not in the words,
 * the whole line is marked.
 */
export function markParts(line: SpokenLine, findings: Finding[]): Part[] {
  const on = findings.filter((finding) => touches(line, finding))
  if (on.length === 0) return [{ text: line.text, marked: false }]
  const marks = new Array<boolean>(line.text.length).fill(false)
  let found = false
  for (const evidence of on.flatMap(piecesOf)) {
    for (let at = line.text.indexOf(evidence); at >= 0; at = line.text.indexOf(evidence, at + 1)) {
      marks.fill(true, at, at + evidence.length)
      found = true
    }
  }
  if (!found) return [{ text: line.text, marked: true }]
  const parts: Part[] = []
  for (const [at, letter] of [...line.text].entries()) {
    const marked = marks[at] ?? false
    const last = parts.at(-1)
    if (last && last.marked === marked) last.text += letter
    else parts.push({ text: letter, marked })
  }
  return parts
}
