import { usePageKeys } from '../ui/usePageKeys'

export function useFeedKeys({ next, previous }: { next: () => void; previous: () => void }): void {
  usePageKeys({
    ArrowDown: next,
    j: next,
    PageDown: next,
    ArrowUp: previous,
    k: previous,
    PageUp: previous,
  })
}
