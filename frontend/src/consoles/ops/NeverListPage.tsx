import { Button, Table, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, api, BY_CURSOR, client } from '../../api/client'
import type { NeverPhrase } from '../../api/types'
import { withItems } from '../../api/withItems'
import { useFormat } from '../../i18n/format'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showToast } from '../../ui/Toast'
import { usePageTitle } from '../../ui/usePageTitle'
import { FilterTabs } from '../shared/FilterTabs'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { ScrollableTable } from '../shared/ScrollableTable'
import { NeverPhraseForm } from './NeverPhraseForm'
import { neverMessages } from './neverMessages'
import { useNeverListChanged } from './useNeverListChanged'

const DEBOUNCE_MS = 250
const LISTS = ['in_list', 'retired'] as const

/** What never appears in public before a person has read it: found, added to, retired from. */
export function NeverListPage() {
  const t = useMessages(neverMessages)
  const d = useMessages(consoleMessages)
  usePageTitle(t('title'))
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), DEBOUNCE_MS)
  const [state, setState] = useState<(typeof LISTS)[number]>('in_list')
  const [isAdding, setIsAdding] = useState(false)
  const summary = api.useQuery('get', '/api/v1/never-list/summary')
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/never-list',
      { params: { query: { q, state } } },
      BY_CURSOR,
    ),
  )
  return (
    <main id="content" tabIndex={-1} className={layout.page}>
      <Link to="/ops" className={layout.back}>
        {t('back')}
      </Link>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      {summary.data && (
        <p className={layout.muted}>
          {t('version', { version: summary.data.version, n: summary.data.entry_count })}
        </p>
      )}
      {isAdding && summary.data ? (
        <NeverPhraseForm categories={summary.data.categories} onClose={() => setIsAdding(false)} />
      ) : (
        <div className={layout.actions}>
          <Button onClick={() => setIsAdding(true)}>{t('add')}</Button>
        </div>
      )}
      <TextInput
        type="search"
        label={t('search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={100}
      />
      <FilterTabs
        label={t('state')}
        tabs={LISTS.map((name) => ({ name, label: t(`list_${name}`) }))}
        selected={state}
        onSelect={setState}
      />
      {list.isPending && <Spinner small />}
      {list.isError && (
        <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && list.items.length === 0 && <p className={layout.empty}>{t('none')}</p>}
      {list.items.length > 0 && <PhraseTable phrases={list.items} />}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
      <Changes />
    </main>
  )
}

function PhraseTable({ phrases }: { phrases: NeverPhrase[] }) {
  const t = useMessages(neverMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const [retiring, setRetiring] = useState<string | null>(null)
  return (
    <ScrollableTable label={t('title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('phrase')}</Table.Th>
          <Table.Th>{t('category')}</Table.Th>
          <Table.Th>{t('form')}</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {phrases.map((phrase) => (
          <Table.Tr key={phrase.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {phrase.phrase}
              <div className={layout.muted}>
                {[
                  t(phrase.shipped ? 'shipped' : 'own'),
                  phrase.changed_by,
                  phrase.changed_at && format.dateTime(phrase.changed_at),
                  phrase.reason,
                  (phrase.effective || phrase.until) &&
                    t('days', { from: phrase.effective ?? '…', until: phrase.until ?? '…' }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
              {retiring === phrase.id && (
                <RetireForm phrase={phrase} onClose={() => setRetiring(null)} />
              )}
            </Table.Td>
            <Table.Td>{localized(phrase.category_name)}</Table.Td>
            <Table.Td>{t(`form_${phrase.form}`)}</Table.Td>
            <Table.Td>
              {!phrase.retired && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-expanded={retiring === phrase.id}
                  onClick={() => setRetiring(retiring === phrase.id ? null : phrase.id)}
                >
                  {t('retire')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollableTable>
  )
}

function RetireForm({ phrase, onClose }: { phrase: NeverPhrase; onClose: () => void }) {
  const t = useMessages(neverMessages)
  const onChanged = useNeverListChanged()
  const [reason, setReason] = useState('')
  const retire = useMutation({
    mutationFn: () =>
      answerOf(
        client.POST('/api/v1/never-list/{phrase_id}/retire', {
          params: { path: { phrase_id: phrase.id } },
          body: { reason },
        }),
      ),
    onSuccess: () => {
      showToast(t('retired'))
      onClose()
      onChanged()
    },
  })
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim()) retire.mutate()
      }}
    >
      <p>{t('retireText', { phrase: phrase.phrase })}</p>
      <Textarea
        label={t('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        required
        autosize
        autoFocus
      />
      <ProblemAlert error={retire.error} />
      <div className={layout.actions}>
        <Button type="submit" color="cinnabar" loading={retire.isPending} disabled={!reason.trim()}>
          {t('retireSend')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

function Changes() {
  const t = useMessages(neverMessages)
  const d = useMessages(consoleMessages)
  const format = useFormat()
  const changes = withItems(
    api.useInfiniteQuery('get', '/api/v1/never-list/changes', { params: {} }, BY_CURSOR),
  )
  return (
    <section className={layout.section} aria-labelledby="changes">
      <h2 id="changes">{t('changes')}</h2>
      {changes.isSuccess && changes.items.length === 0 && (
        <p className={layout.muted}>{t('noChanges')}</p>
      )}
      <ol className={layout.history}>
        {changes.items.map((change) => (
          <li key={change.version}>
            <time dateTime={change.at}>{format.dateTime(change.at)}</time>
            <span>
              {t(`action_${change.action}`)} {change.phrase} · {change.by} · {change.version}
              <em> {change.reason}</em>
            </span>
          </li>
        ))}
      </ol>
      {changes.hasNextPage && (
        <Button variant="default" onClick={() => void changes.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
    </section>
  )
}
