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
import { notify } from '../../ui/Notice'
import { Failed, Lamp, Quiet } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { Refusal } from '../desk/Refusal'
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
  if (query.isPending) return <Lamp />
  if (query.isError) {
    const gone = query.error instanceof Problem && query.error.gone
    return gone ? (
      <main id="content" tabIndex={-1}>
        <Quiet title={t('gone')} />
      </main>
    ) : (
      <Failed error={query.error} onRetry={() => void query.refetch()} />
    )
  }
  return <Person key={userId} person={query.data} />
}

interface Deed {
  method: 'PUT' | 'DELETE' | 'POST'
  path: string
  done: string
}

function Person({ person }: { person: PersonRecord }) {
  const t = useMessages(peopleMessages)
  const d = useMessages(deskMessages)
  const format = useFormat()
  const client = useQueryClient()
  const [shutting, setShutting] = useState(false)
  usePageTitle(person.handle)
  const act = useMutation({
    mutationFn: ({ method, path }: Deed) =>
      request<PersonRecord>(
        method.toLowerCase(),
        `/people/${person.id}${path}`,
        method === 'POST' ? { body: {} } : {},
      ),
    onSuccess: (next, { done }) => {
      client.setQueryData(['person', person.id], next)
      void client.invalidateQueries({ queryKey: ['/people'] })
      if (next.oneself) void client.invalidateQueries({ queryKey: meQuery.queryKey })
      setShutting(false)
      notify(done)
    },
  })
  const toggle = (role: Role) => {
    const held = person.roles.includes(role)
    const name = d(`role_${role}`)
    act.mutate({
      method: held ? 'DELETE' : 'PUT',
      path: `/roles/${role}`,
      done: held ? t('taken', { role: name }) : t('given', { role: name }),
    })
  }
  return (
    <main id="content" tabIndex={-1} className={desk.page}>
      <Link to="/ops/people" className={desk.back}>
        {t('backToPeople')}
      </Link>
      <header>
        <h1>{person.display_name}</h1>
        <p className={desk.soft}>
          @{person.handle} · {person.email}
          {!person.is_active && <span className={desk.flag}>{t('shut')}</span>}
        </p>
        <p className={desk.soft}>
          {t('joined')} {format.date(person.date_joined)} ·{' '}
          {person.last_login ? `${t('lastSeen')} ${format.ago(person.last_login)}` : t('never')}
        </p>
      </header>
      <section className={desk.section} aria-labelledby="roles">
        <h2 id="roles">{t('roles')}</h2>
        <p className={desk.soft}>{t('rolesText')}</p>
        <div className={styles.roles}>
          {ROLES.map((role) => (
            <button
              key={role}
              type="button"
              aria-pressed={person.roles.includes(role)}
              disabled={act.isPending || (person.oneself && role === 'operator')}
              onClick={() => toggle(role)}
            >
              {d(`role_${role}`)}
            </button>
          ))}
        </div>
        {person.oneself && <p className={desk.soft}>{t('ownOperator')}</p>}
        <Refusal error={act.error} />
      </section>
      {!person.oneself && (
        <section className={desk.deeds}>
          {person.is_active ? (
            <Button
              color="cinnabar"
              aria-expanded={shutting}
              onClick={() => setShutting(!shutting)}
            >
              {t('deactivate')}
            </Button>
          ) : (
            <>
              <Button
                color="jade"
                loading={act.isPending}
                onClick={() =>
                  act.mutate({ method: 'POST', path: '/reactivate', done: t('reactivated') })
                }
              >
                {t('reactivate')}
              </Button>
              <span className={desk.soft}>{t('reactivateText')}</span>
            </>
          )}
        </section>
      )}
      {shutting && person.is_active && (
        <form
          className={desk.form}
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate({ method: 'POST', path: '/deactivate', done: t('deactivated') })
          }}
        >
          <p>{t('deactivateText')}</p>
          <div className={desk.deeds}>
            <Button type="submit" color="cinnabar" loading={act.isPending} autoFocus>
              {t('deactivateSend')}
            </Button>
            <Button variant="default" onClick={() => setShutting(false)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      <section className={desk.section} aria-labelledby="changes">
        <h2 id="changes">{t('changes')}</h2>
        <ol className={desk.history}>
          {person.changes.map((change) => (
            <li key={`${change.at} ${change.is_active} ${change.roles.join()}`}>
              <time dateTime={change.at}>{format.dateTime(change.at)}</time>
              <span>
                {change.roles.map((role) => d(`role_${role}`)).join(' · ') || t('noRoles')}
                {!change.is_active && <span className={desk.flag}>{t('shut')}</span>}{' '}
                <em>{change.by ? t('by', { name: change.by }) : t('itself')}</em>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </main>
  )
}
