import { Button, Progress, Table } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { untyped as api } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useWords } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { Failed, Lamp } from '../../ui/State'
import { Lists } from '../desk/Lists'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { usePages } from '../desk/usePages'
import { WideTable } from '../desk/WideTable'
import type { Job } from '../types'
import { opsMessages } from './messages'

const STATES = ['all', 'queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
const EVERY_SECONDS = 4

/** Every job of the house, newest first. */
export function JobTable() {
  const t = useMessages(opsMessages)
  const d = useMessages(deskMessages)
  const [state, setState] = useState<(typeof STATES)[number]>('all')
  const jobs = usePages<Job>('/jobs', state === 'all' ? {} : { state }, {
    refetchInterval: EVERY_SECONDS * 1000,
  })
  return (
    <section className={desk.section} aria-labelledby="jobs">
      <h2 id="jobs">
        {t('jobs')} <small>{t('refreshes', { n: EVERY_SECONDS })}</small>
      </h2>
      <Lists
        label={t('state')}
        lists={STATES.map((name) => ({ name, label: t(`list_${name}`) }))}
        chosen={state}
        onChoose={setState}
      />
      {jobs.isPending && <Lamp small />}
      {jobs.isError && <Failed level={2} error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.isSuccess && jobs.items.length === 0 && <p className={desk.empty}>{t('empty')}</p>}
      {jobs.items.length > 0 && (
        <WideTable label={t('jobs')}>
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
              <Row key={job.id} job={job} />
            ))}
          </Table.Tbody>
        </WideTable>
      )}
      {jobs.hasNextPage && (
        <div className={desk.deeds}>
          <Button variant="default" onClick={() => void jobs.fetchNextPage()}>
            {d('more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Row({ job }: { job: Job }) {
  const t = useMessages(opsMessages)
  const d = useMessages(deskMessages)
  const words = useWords()
  const format = useFormat()
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.post<Job>(`/jobs/${job.id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: ['/jobs'] }),
    onError: (error) => notify(error.message),
  })
  const active = job.state === 'queued' || job.state === 'running'
  const { progress } = job
  return (
    <Table.Tr>
      <Table.Td>
        <code>{job.kind}</code>
      </Table.Td>
      <Table.Td
        className={job.state === 'failed' ? desk.bad : job.state === 'succeeded' ? desk.good : ''}
      >
        {d(`state_${job.state}`)}
        {job.error?.title && <div className={desk.soft}>{words(job.error.title)}</div>}
      </Table.Td>
      <Table.Td>
        {job.state === 'running' && progress && (
          <Progress
            value={progress.total > 0 ? (progress.done / progress.total) * 100 : 0}
            aria-label={`${job.kind} ${t('progress')}`}
            color="lamp"
          />
        )}
        <span className={desk.soft}>
          {progress?.note ? words(progress.note) : (progress?.step ?? '')}
        </span>
      </Table.Td>
      <Table.Td>{job.attempts}</Table.Td>
      <Table.Td>{format.ago(job.created_at)}</Table.Td>
      <Table.Td>
        {active && (
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
