import { Button, NativeSelect, Table, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, BY_CURSOR } from '../../api/client'
import type { PersonCard, Role } from '../../api/types'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { usePageTitle } from '../../ui/usePageTitle'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ScrollableTable } from '../shared/ScrollableTable'
import { peopleMessages } from './peopleMessages'
import { ROLES } from './roles'

const DEBOUNCE_MS = 250

/** Everybody with an account, found by handle, name, address or role. */
export function PeoplePage() {
  const t = useMessages(peopleMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('title'))
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), DEBOUNCE_MS)
  const [role, setRole] = useState<Role | ''>('')
  const list = withItems(
    api.useInfiniteQuery('get', '/api/v1/people', { params: { query: { q, role } } }, BY_CURSOR),
  )
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <Link to="/ops" className={layout.back}>
        {t('back')}
      </Link>
      <h1>{t('title')}</h1>
      <div className={layout.fields}>
        <TextInput
          type="search"
          label={t('search')}
          description={t('searchHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={100}
          className={layout.twoColumns}
        />
        <NativeSelect
          label={t('role')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role | '')}
          data={[
            { value: '', label: t('anyRole') },
            ...ROLES.map((roleName) => ({ value: roleName, label: d(`role_${roleName}`) })),
          ]}
        />
      </div>
      {list.isPending && <Spinner small />}
      {list.isError && (
        <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && list.items.length === 0 && <p className={layout.empty}>{t('none')}</p>}
      {list.items.length > 0 && <PeopleTable people={list.items} />}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
    </main>
  )
}

function PeopleTable({ people }: { people: PersonCard[] }) {
  const t = useMessages(peopleMessages)
  const d = useMessages(consoleMessages)
  const format = useFormat()
  return (
    <ScrollableTable label={t('title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('handle')}</Table.Th>
          <Table.Th>{t('email')}</Table.Th>
          <Table.Th>{t('roles')}</Table.Th>
          <Table.Th>{t('lastSeen')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id}>
            <Table.Td>
              <Link
                to="/ops/people/$userId"
                params={{ userId: person.id }}
                className={layout.title}
              >
                {person.handle}
              </Link>
              {!person.is_active && <span className={layout.flag}>{t('shut')}</span>}
              {person.display_name !== person.handle && (
                <div className={layout.muted}>{person.display_name}</div>
              )}
            </Table.Td>
            <Table.Td>{person.email}</Table.Td>
            <Table.Td>{person.roles.map((role) => d(`role_${role}`)).join(' · ') || '—'}</Table.Td>
            <Table.Td>{person.last_login ? format.ago(person.last_login) : '—'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollableTable>
  )
}
