import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, BY_CURSOR, client, queryKeyOf } from '../../api/client'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { JobTable } from './JobTable'
import { opsMessages } from './messages'

const HEALTH_REFETCH_MS = 10_000
const TRAINING_JOB_KIND = 'feed.train_model'

/** How the platform runs: its servers, its recommender, its jobs. */
export function OpsHome() {
  const t = useMessages(opsMessages)
  usePageTitle(t('pageTitle'))
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <h1>{t('pageTitle')}</h1>
      <p>
        <Link to="/ops/people" className={layout.title}>
          {t('people')}
        </Link>{' '}
        <span className={layout.muted}>{t('peopleText')}</span>
      </p>
      <p>
        <Link to="/ops/never" className={layout.title}>
          {t('never')}
        </Link>{' '}
        <span className={layout.muted}>{t('neverText')}</span>
      </p>
      <HealthStatus />
      <ModelTraining />
      <JobTable />
    </main>
  )
}

/** `/readyz`: each server with “ok” or what is wrong. */
async function fetchReadiness(): Promise<Record<string, string>> {
  const response = await fetch('/readyz', { headers: { Accept: 'application/json' } })
  return (await response.json()) as Record<string, string>
}

function HealthStatus() {
  const t = useMessages(opsMessages)
  const format = useFormat()
  const health = useQuery({
    queryKey: ['readyz'],
    queryFn: fetchReadiness,
    refetchInterval: HEALTH_REFETCH_MS,
    retry: false,
  })
  const services = Object.entries(health.data ?? {})
  const isReady = health.isSuccess && services.every(([, state]) => state === 'ok')
  return (
    <section className={layout.panel} aria-labelledby="health">
      <h2 id="health">{t('health')}</h2>
      {!health.isPending && (
        <p className={isReady ? layout.success : layout.error} role="status">
          {t(isReady ? 'health_ready' : 'health_not')}
          {services.map(([name, state]) => ` · ${name} ${state}`)}
        </p>
      )}
      <p className={layout.muted}>
        {health.dataUpdatedAt > 0 &&
          `${t('checked', { time: format.ago(new Date(health.dataUpdatedAt).toISOString()) })} · `}
        {t('monitoringLinks')}: <a href="/healthz">/healthz</a> · <a href="/readyz">/readyz</a> ·{' '}
        <a href="/metrics">/metrics</a>
      </p>
    </section>
  )
}

function ModelTraining() {
  const t = useMessages(opsMessages)
  const d = useMessages(consoleMessages)
  const format = useFormat()
  const jobs = withItems(api.useInfiniteQuery('get', '/api/v1/jobs', {}, BY_CURSOR))
  const last = jobs.items.find((job) => job.kind === TRAINING_JOB_KIND)
  const queryClient = useQueryClient()
  const train = useMutation({
    mutationFn: () => client.POST('/api/v1/ops/train'),
    onSuccess: () => showToast(t('training')),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queryKeyOf('/api/v1/jobs') }),
  })
  return (
    <section className={layout.panel} aria-labelledby="train">
      <h2 id="train">{t('train')}</h2>
      <div className={layout.stack}>
        <p className={layout.muted}>{t('trainText')}</p>
        <div className={layout.actions}>
          <Button loading={train.isPending} onClick={() => train.mutate()}>
            {t('trainNow')}
          </Button>
          <span className={layout.muted}>
            {last
              ? `${t('lastTraining')}: ${d(`state_${last.state}`)} · ${format.ago(last.created_at)}`
              : jobs.isSuccess && t('neverTrained')}
          </span>
        </div>
        <ProblemAlert error={train.error} />
      </div>
    </section>
  )
}
