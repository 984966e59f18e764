import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, api, client, queryKeyOf } from '../../api/client'
import { meQuery } from '../../api/me'
import { Problem } from '../../api/problem'
import type { PersonRecord, Role } from '../../api/types'
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
import { NameRemoval } from './NameRemoval'
import styles from './PersonPage.module.css'
import { peopleMessages } from './peopleMessages'
import { Recovery } from './Recovery'
import { ROLES } from './roles'

const personQuery = (userId: string) =>
  api.queryOptions('get', '/api/v1/people/{user_id}', { params: { path: { user_id: userId } } })

/** One person: what they may do, and how that came about. */
export function PersonPage() {
  const { userId } = useParams({ from: '/ops/people/$userId' })
  const t = useMessages(peopleMessages)
  const query = useQuery(personQuery(userId))
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

type AccountAction =
  | { kind: 'grant' | 'revoke'; role: Role; notice: string }
  | { kind: 'deactivate' | 'reactivate'; notice: string }

function sendAction(userId: string, action: AccountAction): Promise<{ data?: PersonRecord }> {
  const path = { user_id: userId }
  switch (action.kind) {
    case 'grant':
      return client.PUT('/api/v1/people/{user_id}/roles/{role}', {
        params: { path: { ...path, role: action.role } },
      })
    case 'revoke':
      return client.DELETE('/api/v1/people/{user_id}/roles/{role}', {
        params: { path: { ...path, role: action.role } },
      })
    case 'deactivate':
      return client.POST('/api/v1/people/{user_id}/deactivate', { params: { path } })
    case 'reactivate':
      return client.POST('/api/v1/people/{user_id}/reactivate', { params: { path } })
  }
}

function PersonDetail({ person }: { person: PersonRecord }) {
  const t = useMessages(peopleMessages)
  const d = useMessages(consoleMessages)
  const format = useFormat()
  const queryClient = useQueryClient()
  const [confirming, setConfirming] = useState(false)
  usePageTitle(person.handle)
  const accountAction = useMutation({
    mutationFn: (action: AccountAction) => answerOf(sendAction(person.id, action)),
    onSuccess: (next, { notice }) => {
      queryClient.setQueryData(personQuery(person.id).queryKey, next)
      void queryClient.invalidateQueries({ queryKey: queryKeyOf('/api/v1/people') })
      if (next.oneself) void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      setConfirming(false)
      showToast(notice)
    },
  })
  const toggleRole = (role: Role) => {
    const hasRole = person.roles.includes(role)
    const name = d(`role_${role}`)
    accountAction.mutate({
      kind: hasRole ? 'revoke' : 'grant',
      role,
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
        <NameRemoval
          person={person}
          onDone={(next) => {
            queryClient.setQueryData(personQuery(person.id).queryKey, next)
            void queryClient.invalidateQueries({ queryKey: queryKeyOf('/api/v1/people') })
          }}
        />
      )}
      {!person.oneself && person.factors > 0 && (
        <Recovery
          person={person}
          onDone={(next) => queryClient.setQueryData(personQuery(person.id).queryKey, next)}
        />
      )}
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
                    kind: 'reactivate',
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
            accountAction.mutate({ kind: 'deactivate', notice: t('deactivated') })
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
