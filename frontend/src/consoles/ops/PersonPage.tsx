import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { meQuery } from '../../api/me'
import { Problem } from '../../api/problem'
import type { Role } from '../../api/types'
import { request } from '../../api/untyped'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import type { PersonRecord } from '../types'
import styles from './PersonPage.module.css'
import { peopleMessages } from './peopleMessages'
import { ROLES } from './roles'

/** One person: what they may do, and how that came about. */
export function PersonPage() {
  const { userId } = useParams({ from: '/ops/people/$userId' })
  const t = useMessages(peopleMessages)
  const query = useQuery({
    queryKey: ['person', userId],
    queryFn: ({ signal }) => request<PersonRecord>('get', `/people/${userId}`, { signal }),
  })
  if (query.isPending) return <Spinner />
  if (query.isError) {
    const gone = query.error instanceof Problem && query.error.gone
    return gone ? (
      <main id="content" tabIndex={-1}>
        <EmptyState title={t('gone')} />
      </main>
    ) : (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    )
  }
  return <PersonDetail key={userId} person={query.data} />
}

interface AccountAction {
  method: 'PUT' | 'DELETE' | 'POST'
  path: string
  notice: string
}

function PersonDetail({ person }: { person: PersonRecord }) {
  const t = useMessages(peopleMessages)
  const d = useMessages(consoleMessages)
  const format = useFormat()
  const client = useQueryClient()
  const [confirming, setConfirming] = useState(false)
  usePageTitle(person.handle)
  const accountAction = useMutation({
    mutationFn: ({ method, path }: AccountAction) =>
      request<PersonRecord>(
        method.toLowerCase(),
        `/people/${person.id}${path}`,
        method === 'POST' ? { body: {} } : {},
      ),
    onSuccess: (next, { notice }) => {
      client.setQueryData(['person', person.id], next)
      void client.invalidateQueries({ queryKey: ['/people'] })
      if (next.oneself) void client.invalidateQueries({ queryKey: meQuery.queryKey })
      setConfirming(false)
      showToast(notice)
    },
  })
  const toggleRole = (role: Role) => {
    const hasRole = person.roles.includes(role)
    const name = d(`role_${role}`)
    accountAction.mutate({
      method: hasRole ? 'DELETE' : 'PUT',
      path: `/roles/${role}`,
      notice: hasRole ? t('taken', { role: name }) : t('given', { role: name }),
    })
  }
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <Link to="/ops/people" className={layout.back}>
        {t('backToPeople')}
      </Link>
      <header>
        <h1>{person.display_name}</h1>
        <p className={layout.muted}>
          @{person.handle} · {person.email}
          {!person.is_active && <span className={layout.flag}>{t('shut')}</span>}
        </p>
        <p className={layout.muted}>
          {t('joined')} {format.date(person.date_joined)} ·{' '}
          {person.last_login ? `${t('lastSeen')} ${format.ago(person.last_login)}` : t('never')}
        </p>
      </header>
      <section className={layout.section} aria-labelledby="roles">
        <h2 id="roles">{t('roles')}</h2>
        <p className={layout.muted}>{t('rolesText')}</p>
        <div className={styles.roles}>
          {ROLES.map((role) => (
            <button
              key={role}
              type="button"
              aria-pressed={person.roles.includes(role)}
              disabled={accountAction.isPending || (person.oneself && role === 'operator')}
              onClick={() => toggleRole(role)}
            >
              {d(`role_${role}`)}
            </button>
          ))}
        </div>
        {person.oneself && <p className={layout.muted}>{t('ownOperator')}</p>}
        <ProblemAlert error={accountAction.error} />
      </section>
      {!person.oneself && (
        <section className={layout.actions}>
          {person.is_active ? (
            <Button
              color="cinnabar"
              aria-expanded={confirming}
              onClick={() => setConfirming(!confirming)}
            >
              {t('deactivate')}
            </Button>
          ) : (
            <>
              <Button
                color="jade"
                loading={accountAction.isPending}
                onClick={() =>
                  accountAction.mutate({
                    method: 'POST',
                    path: '/reactivate',
                    notice: t('reactivated'),
                  })
                }
              >
                {t('reactivate')}
              </Button>
              <span className={layout.muted}>{t('reactivateText')}</span>
            </>
          )}
        </section>
      )}
      {confirming && person.is_active && (
        <form
          className={layout.form}
          onSubmit={(event) => {
            event.preventDefault()
            accountAction.mutate({ method: 'POST', path: '/deactivate', notice: t('deactivated') })
          }}
        >
          <p>{t('deactivateText')}</p>
          <div className={layout.actions}>
            <Button type="submit" color="cinnabar" loading={accountAction.isPending} autoFocus>
              {t('deactivateSend')}
            </Button>
            <Button variant="default" onClick={() => setConfirming(false)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      <section className={layout.section} aria-labelledby="changes">
        <h2 id="changes">{t('changes')}</h2>
        <ol className={layout.history}>
          {person.changes.map((change) => (
            <li key={`${change.at} ${change.is_active} ${change.roles.join()}`}>
              <time dateTime={change.at}>{format.dateTime(change.at)}</time>
              <span>
                {change.roles.map((role) => d(`role_${role}`)).join(' · ') || t('noRoles')}
                {!change.is_active && <span className={layout.flag}>{t('shut')}</span>}{' '}
                <em>{change.by ? t('by', { name: change.by }) : t('itself')}</em>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </main>
  )
}
