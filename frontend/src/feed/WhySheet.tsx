import { Link } from '@tanstack/react-router'
import { api } from '../api/client'
import type { FeedItem } from '../api/types'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { ErrorState } from '../ui/ErrorState'
import { SheetDialog } from '../ui/SheetDialog'
import { Spinner } from '../ui/Spinner'
import { feedDetailMessages } from './detailMessages'
import { feedMessages } from './messages'
import styles from './WhySheet.module.css'

/** “Why this?”: the reasons in full, what they rest on, and where to change it. */
export function WhySheet({ item, onClose }: { item: FeedItem; onClose: () => void }) {
  const title = useMessages(feedMessages)('why')
  const t = useMessages(feedDetailMessages)
  const localized = useLocalizedText()
  const why = api.useQuery(
    'get',
    '/api/v1/episodes/{episode_id}/why',
    { params: { path: { episode_id: item.episode.id } } },
    { staleTime: 0 },
  )
  return (
    <SheetDialog title={title} onClose={onClose}>
      {why.isPending && <Spinner small />}
      {why.isError && <ErrorState error={why.error} level={2} onRetry={() => void why.refetch()} />}
      {why.data && (
        <>
          {why.data.reasons.length === 0 && <p className={styles.reason}>{t('whyNone')}</p>}
          <ul>
            {why.data.reasons.map((reason) => (
              <li key={`${reason.kind} ${reason.text.zh}`} className={styles.reason}>
                <p>{localized(reason.text)}</p>
                {reason.refs.length > 0 && (
                  <p className={styles.refs}>
                    <span className="unseen">{t('whyRefs')}</span>
                    {reason.refs.map((ref) =>
                      ref.kind === 'series' ? (
                        <Link key={ref.id} to="/series/$seriesId" params={{ seriesId: ref.id }}>
                          {ref.title}
                        </Link>
                      ) : (
                        <Link key={ref.id} to="/theatre" search={{ genre: ref.id }}>
                          {ref.title}
                        </Link>
                      ),
                    )}
                  </p>
                )}
              </li>
            ))}
          </ul>
          {!why.data.personalised && <p className={styles.note}>{t('whyNotPersonal')}</p>}
          {why.data.simulated_audience && <p className={styles.note}>{t('whySimulated')}</p>}
        </>
      )}
      <p className={styles.links}>
        <Link to="/about/recommendation">{t('whyMore')}</Link>
        <Link to="/me/settings">{t('whySettings')}</Link>
      </p>
    </SheetDialog>
  )
}
