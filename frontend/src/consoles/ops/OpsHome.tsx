import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { usePageTitle } from '../../ui/usePageTitle'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { Refusal } from '../desk/Refusal'
import { useAct } from '../desk/useAct'
import { usePages } from '../desk/usePages'
import type { Job } from '../types'
import { JobTable } from './JobTable'
import { opsMessages } from './messages'

const HEALTH_MS = 10_000
const TRAIN = 'feed.train_model'

/** How the house runs: its servers, its recommender, its jobs. */
export function OpsHome() {
  const t = useMessages(opsMessages)
  usePageTitle(t('desk'))
  return (
    <main id="content" tabIndex={-1} className={desk.page}>
      <h1>{t('desk')}</h1>
      <p>
        <Link to="/ops/people" className={desk.title}>
          {t('people')}
        </Link>{' '}
        <span className={desk.soft}>{t('peopleText')}</span>
      </p>
      <Health />
      <Training />
      <JobTable />
    </main>
  )
}

/** `/readyz`: each server with “ok” or what is wrong. */
async function readiness(): Promise<Record<string, string>> {
  const response = await fetch('/readyz', { headers: { Accept: 'application/json' } })
  return (await response.json()) as Record<string, string>
}

function Health() {
  const t = useMessages(opsMessages)
  const format = useFormat()
  const health = useQuery({
    queryKey: ['readyz'],
    queryFn: readiness,
    refetchInterval: HEALTH_MS,
    retry: false,
  })
  const parts = Object.entries(health.data ?? {})
  const well = health.isSuccess && parts.every(([, state]) => state === 'ok')
  return (
    <section className={desk.sheet} aria-labelledby="health">
      <h2 id="health">{t('health')}</h2>
      {!health.isPending && (
        <p className={well ? desk.good : desk.bad} role="status">
          {t(well ? 'health_ready' : 'health_not')}
          {parts.map(([name, state]) => ` · ${name} ${state}`)}
        </p>
      )}
      <p className={desk.soft}>
        {health.dataUpdatedAt > 0 &&
          `${t('checked', { time: format.ago(new Date(health.dataUpdatedAt).toISOString()) })} · `}
        {t('links')}: <a href="/healthz">/healthz</a> · <a href="/readyz">/readyz</a> ·{' '}
        <a href="/metrics">/metrics</a>
      </p>
    </section>
  )
}

function Training() {
  const t = useMessages(opsMessages)
  const d = useMessages(deskMessages)
  const format = useFormat()
  const jobs = usePages<Job>('/jobs', {})
  const last = jobs.items.find((job) => job.kind === TRAIN)
  const train = useAct<Job>({ refresh: [['/jobs']], onDone: () => notify(t('training')) })
  return (
    <section className={desk.sheet} aria-labelledby="train">
      <h2 id="train">{t('train')}</h2>
      <div className={desk.stack}>
        <p className={desk.soft}>{t('trainText')}</p>
        <div className={desk.deeds}>
          <Button loading={train.isPending} onClick={() => train.mutate({ path: '/ops/train' })}>
            {t('trainNow')}
          </Button>
          <span className={desk.soft}>
            {last
              ? `${t('lastTraining')}: ${d(`state_${last.state}`)} · ${format.ago(last.created_at)}`
              : jobs.isSuccess && t('neverTrained')}
          </span>
        </div>
        <Refusal error={train.error} />
      </div>
    </section>
  )
}
