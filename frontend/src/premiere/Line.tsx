import { useMessages } from '../i18n/messages'
import { premiereMessages } from './messages'
import type { Seat } from './useHall'

/** A word when the line, or the house, is down. */
export function Line({ line, className }: { line: Seat['line']; className?: string }) {
  const t = useMessages(premiereMessages)
  return (
    <p className={className} role="status">
      {line !== 'up' && <span>{t(line)}</span>}
    </p>
  )
}
