import { Button, Progress, Table } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, BY_CURSOR, client, queryKeyOf } from '../../api/client'
import type { Job } from '../../api/types'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { FilterTabs } from '../shared/FilterTabs'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ScrollableTable } from '../shared/ScrollableTable'
import { opsMessages } from './messages'

const STATES = ['all', 'queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
const REFETCH_SECONDS = 4

/** Every job, whoever began it, newest first. */
export function JobTable() {
  const t = useMessages(opsMessages)
  const d = useMessages(consoleMessages)
  const [state, setState] = useState<(typeof STATES)[number]>('all')
  const jobs = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/jobs',
      { params: { query: state === 'all' ? {} : { state } } },
      { ...BY_CURSOR, refetchInterval: REFETCH_SECONDS * 1000 },
    ),
  )
  return (
    <section className={layout.section} aria-labelledby="jobs">
      <h2 id="jobs">
        {t('jobs')} <small>{t('refreshes', { n: REFETCH_SECONDS })}</small>
      </h2>
      <FilterTabs
        label={t('state')}
        tabs={STATES.map((name) => ({ name, label: t(`list_${name}`) }))}
        selected={state}
        onSelect={setState}
      />
      {jobs.isPending && <Spinner small />}
      {jobs.isError && (
        <ErrorState level={2} error={jobs.error} onRetry={() => void jobs.refetch()} />
      )}
      {jobs.isSuccess && jobs.items.length === 0 && <p className={layout.empty}>{t('empty')}</p>}
      {jobs.items.length > 0 && (
        <ScrollableTable label={t('jobs')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('kind')}</Table.Th>
              <Table.Th>{t('state')}</Table.Th>
              <Table.Th>{t('progress')}</Table.Th>
              <Table.Th>{t('attempts')}</Table.Th>
              <Table.Th>{t('created')}</Table.Th>
              <Table.Th>
                <span className="unseen">{t('cancel')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {jobs.items.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </Table.Tbody>
        </ScrollableTable>
      )}
      {jobs.hasNextPage && (
        <div className={layout.actions}>
          <Button variant="default" onClick={() => void jobs.fetchNextPage()}>
            {d('more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function JobRow({ job }: { job: Job }) {
  const t = useMessages(opsMessages)
  const d = useMessages(consoleMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/jobs/{job_id}/cancel', { params: { path: { job_id: job.id } } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeyOf('/api/v1/jobs') }),
    onError: (error) => showToast(error.message),
  })
  const isActive = job.state === 'queued' || job.state === 'running'
  const { progress } = job
  return (
    <Table.Tr>
      <Table.Td>
        <code>{job.kind}</code>
      </Table.Td>
      <Table.Td
        className={
          job.state === 'failed' ? layout.error : job.state === 'succeeded' ? layout.success : ''
        }
      >
        {d(`state_${job.state}`)}
        {job.error?.title && <div className={layout.muted}>{localized(job.error.title)}</div>}
      </Table.Td>
      <Table.Td>
        {job.state === 'running' && progress && (
          <Progress
            value={progress.total > 0 ? (progress.done / progress.total) * 100 : 0}
            aria-label={`${job.kind} ${t('progress')}`}
            color="lamp"
          />
        )}
        <span className={layout.muted}>
          {progress?.note ? localized(progress.note) : (progress?.step ?? '')}
        </span>
      </Table.Td>
      <Table.Td>{job.attempts}</Table.Td>
      <Table.Td>{format.ago(job.created_at)}</Table.Td>
      <Table.Td>
        {isActive && (
          <Button
            variant="default"
            size="compact-sm"
            loading={cancel.isPending}
            aria-label={t('cancelJob', { kind: job.kind })}
            onClick={() => cancel.mutate()}
          >
            {t('cancel')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
