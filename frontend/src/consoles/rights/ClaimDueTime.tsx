import type { ClaimCard } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { claimMessages } from '../../rights/claimMessages'
import layout from '../shared/PageLayout.module.css'
import { useNow } from '../shared/useNow'
import { rightsMessages } from './messages'

const HOUR_MS = 3_600_000

/** What is due on a claim, and by when: to be read, or restored. */
export function ClaimDueTime({
  claim,
}: {
  claim: Pick<ClaimCard, 'state' | 'due_at' | 'due_provisional' | 'suit_at' | 'ended_at'>
}) {
  const t = useMessages(rightsMessages)
  const c = useMessages(claimMessages)
  const format = useFormat()
  const now = useNow(60_000)
  if (claim.ended_at) return <span className={layout.muted}>{format.date(claim.ended_at)}</span>
  if (claim.suit_at) return <span>{t('due_suit')}</span>
  if (!claim.due_at) return <span className={layout.muted}>—</span>
  if (claim.state === 'countered') {
    return (
      <span>
        <time dateTime={claim.due_at}>{t('due_restore', { date: format.date(claim.due_at) })}</time>
        {claim.due_provisional && (
          <abbr className={layout.flag} title={c('provisional')}>
            ?<span className="unseen">{c('provisional')}</span>
          </abbr>
        )}
      </span>
    )
  }
  const hours = (Date.parse(claim.due_at) - now) / HOUR_MS
  return (
    <time dateTime={claim.due_at} className={hours < 0 ? layout.error : layout.urgent}>
      {hours < 0
        ? t('due_late', { hours: Math.ceil(-hours) })
        : t('due_look', { hours: Math.floor(hours) })}
    </time>
  )
}
