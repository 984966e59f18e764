import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { api, BY_CURSOR } from '../../../api/client'
import type { ForwardedClaimCard } from '../../../api/types'
import { withItems } from '../../../api/withItems'
import { useMessages } from '../../../i18n/messages'
import { claimMessages } from '../../../rights/claimMessages'
import { ErrorState } from '../../../ui/ErrorState'
import { consoleMessages } from '../../shared/messages'
import styles from './ClaimList.module.css'
import { studioClaimMessages } from './messages'

/**
 * Open claims against the creator's works, or all claims against one of them; renders nothing if
 * none.
 */
export function ClaimList({ seriesId }: { seriesId?: string }) {
  const t = useMessages(studioClaimMessages)
  const d = useMessages(consoleMessages)
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/studio/claims',
      { params: { query: seriesId ? { series_id: seriesId } : { on_their_way: true } } },
      BY_CURSOR,
    ),
  )
  if (list.isError)
    return <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
  if (list.items.length === 0) return null
  return (
    <section className={styles.claims} aria-labelledby="claims">
      <h2 id="claims">{t('claims')}</h2>
      <ul>
        {list.items.map((claim) => (
          <li key={claim.id}>
            <ClaimRow claim={claim} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div>
          <Button variant="default" onClick={() => void list.fetchNextPage()}>
            {d('more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function ClaimRow({ claim }: { claim: ForwardedClaimCard }) {
  const t = useMessages(studioClaimMessages)
  const c = useMessages(claimMessages)
  const awaitsAnswer = claim.state === 'standing'
  const words = { name: claim.claimant_name, series: claim.series.title, work: claim.work_title }
  return (
    <Link
      to="/studio/claims/$claimId"
      params={{ claimId: claim.id }}
      className={styles.claim}
      data-waits={awaitsAnswer || undefined}
    >
      <span>{t('line', words)}</span>
      <span className={styles.state}>
        {awaitsAnswer ? t('answerIt') : c(`state_${claim.state}`)}
      </span>
    </Link>
  )
}
