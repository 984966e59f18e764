import { Button, NativeSelect, Table, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { deskMessages } from '../desk/messages'
import desk from '../desk/Paper.module.css'
import { usePages } from '../desk/usePages'
import { WideTable } from '../desk/WideTable'
import type { PersonCard } from '../types'
import { peopleMessages } from './peopleMessages'
import { ROLES } from './roles'

const TYPING_MS = 250

/** Everybody with an account, found by handle, name, address or role. */
export function PeoplePage() {
  const t = useMessages(peopleMessages)
  const d = useMessages(deskMessages)
  usePageTitle(t('title'))
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS)
  const [role, setRole] = useState('')
  const list = usePages<PersonCard>('/people', { q, role })
  return (
    <main id="content" tabIndex={-1} className={desk.page}>
      <Link to="/ops" className={desk.back}>
        {t('back')}
      </Link>
      <h1>{t('title')}</h1>
      <div className={desk.fields}>
        <TextInput
          type="search"
          label={t('search')}
          description={t('searchHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={100}
          className={desk.span2}
        />
        <NativeSelect
          label={t('role')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
          data={[
            { value: '', label: t('anyRole') },
            ...ROLES.map((one) => ({ value: one, label: d(`role_${one}`) })),
          ]}
        />
      </div>
      {list.isPending && <Lamp small />}
      {list.isError && <Failed level={2} error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <p className={desk.empty}>{t('none')}</p>}
      {list.items.length > 0 && <People people={list.items} />}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
    </main>
  )
}

function People({ people }: { people: PersonCard[] }) {
  const t = useMessages(peopleMessages)
  const d = useMessages(deskMessages)
  const format = useFormat()
  return (
    <WideTable label={t('title')}>
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
              <Link to="/ops/people/$userId" params={{ userId: person.id }} className={desk.title}>
                {person.handle}
              </Link>
              {!person.is_active && <span className={desk.flag}>{t('shut')}</span>}
              {person.display_name !== person.handle && (
                <div className={desk.soft}>{person.display_name}</div>
              )}
            </Table.Td>
            <Table.Td>{person.email}</Table.Td>
            <Table.Td>{person.roles.map((role) => d(`role_${role}`)).join(' · ') || '—'}</Table.Td>
            <Table.Td>{person.last_login ? format.ago(person.last_login) : '—'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  )
}
