import { useMemo, useState } from 'react'
import type { Finding } from '../../api/types'
import { sortFindings } from './findingSpans'

/** The findings in the order of the film and the selected one; selecting seeks to its start. */
export function useFindingSelection(unsorted: Finding[], seek: (ms: number) => void) {
  const findings = useMemo(() => sortFindings(unsorted), [unsorted])
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const index = findings.findIndex((finding) => finding.id === selectedId)
  const select = (id: string) => {
    setSelectedId(id)
    const startMs = findings.find((finding) => finding.id === id)?.start_ms
    if (startMs != null) seek(startMs)
  }
  return {
    findings,
    selectedId,
    selected: findings[index] ?? null,
    select,
    selectAdjacent: (step: 1 | -1) => {
      const first = step > 0 ? 0 : findings.length - 1
      const next = findings[index < 0 ? first : index + step]
      if (next) select(next.id)
    },
  }
}
