import type { StudioSeries, WordsVersion } from '../../../api/types'

/** New words of a series, an episode or a choice that wait, or were refused last. */
export const wordsFor = (series: StudioSeries, objectId: string): WordsVersion | undefined =>
  series.words.find((words) => words.object_id === objectId)

/** Whether they may still go on stage. */
export const isOpen = ({ state }: WordsVersion) => state === 'checking' || state === 'waiting'

/**
 * What the author wrote last into a field and nobody refused: what a form starts from, so that
 * saving it again takes nothing back.
 */
export function latestText(
  series: StudioSeries,
  objectId: string,
  field: WordsVersion['changes'][number]['field'],
  onStage: string,
): string {
  const words = wordsFor(series, objectId)
  const change = words && isOpen(words) && words.changes.find((entry) => entry.field === field)
  return change ? change.after : onStage
}
