import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api, client } from '../api/client'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import styles from './Account.module.css'
import { accountMessages } from './messages'

const ACTIVE = ['queued', 'running']
const exportsQuery = api.queryOptions('get', '/api/v1/me/exports')

/** Everything that is one's own as a file, put together while one waits or does something else. */
export function ExportData() {
  const t = useMessages(accountMessages)
  const format = useFormat()
  const queryClient = useQueryClient()
  const exports = useQuery({
    ...exportsQuery,
    refetchInterval: ({ state }) =>
      state.data?.some(({ job }) => job && ACTIVE.includes(job.state)) ? 1500 : false,
  })
  const start = useMutation({
    mutationFn: () => answerOf(client.POST('/api/v1/me/exports')),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  })
  const newest = exports.data?.[0]
  const active = newest?.job != null && ACTIVE.includes(newest.job.state)
  const failed = newest?.job?.state === 'failed' || newest?.job?.state === 'cancelled'
  const progress = newest?.job?.progress
  return (
    <section className={styles.group} aria-labelledby="export">
      <h2 id="export">{t('export')}</h2>
      <p className={styles.text}>{t('exportText')}</p>
      <div role="status">
        {active && (
          <p>
            {progress
              ? t('exportMaking', { done: progress.done, total: progress.total })
              : t('exportWaiting')}
          </p>
        )}
      </div>
      {failed && <p role="alert">{t('exportFailed')}</p>}
      {start.error && (
        <p className={styles.wrong} role="alert">
          {start.error.message}
        </p>
      )}
      {exports.data
        ?.filter(({ size }) => size > 0)
        .map((each) => (
          <div key={each.id}>
            <p>
              {t('exportReady', {
                when: format.dateTime(each.created_at),
                size: `${Math.max(1, Math.round(each.size / 1024))} kB`,
                until: format.date(each.expires_at),
              })}
            </p>
            <a href={`/api/v1/me/exports/${each.id}/file`} download className={buttonClass('line')}>
              {t('exportDownload')}
            </a>
          </div>
        ))}
      {!active && (
        <Button look="line" disabled={start.isPending} onClick={() => start.mutate()}>
          {t('exportStart')}
        </Button>
      )}
    </section>
  )
}
