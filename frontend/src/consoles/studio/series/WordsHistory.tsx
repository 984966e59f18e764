import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, BY_CURSOR } from '../../../api/client'
import type { StudioSeries } from '../../../api/types'
import { withItems } from '../../../api/withItems'
import { useFormat } from '../../../i18n/format'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { ErrorState } from '../../../ui/ErrorState'
import { Spinner } from '../../../ui/Spinner'
import { consoleMessages } from '../../shared/messages'
import { WordsChanges } from '../../shared/WordsChanges'
import styles from './WaitingWords.module.css'
import { wordsMessages } from './wordsMessages'

/** Every change of words that were on stage, newest first; read when it is opened. */
export function WordsHistory({ series }: { series: StudioSeries }) {
  const t = useMessages(wordsMessages)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
      className={styles.history}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{t('history')}</summary>
      <p className={styles.muted}>{t('historyText')}</p>
      {isOpen && <VersionList series={series} />}
    </details>
  )
}

function VersionList({ series }: { series: StudioSeries }) {
  const t = useMessages(wordsMessages)
  const d = useMessages(consoleMessages)
  const localized = useLocalizedText()
  const format = useFormat()
  const list = withItems(
    api.useInfiniteQuery(
      'get',
      '/api/v1/studio/series/{series_id}/words',
      { params: { path: { series_id: series.id }, query: {} } },
      BY_CURSOR,
    ),
  )
  if (list.isPending) return <Spinner small />
  if (list.isError)
    return <ErrorState level={2} error={list.error} onRetry={() => void list.refetch()} />
  if (list.items.length === 0) return <p className={styles.muted}>{t('noHistory')}</p>
  return (
    <>
      <ol>
        {list.items.map((words) => (
          <li key={words.id} className={styles.version}>
            <p>
              <strong>{t(`kind_${words.kind}`)}</strong> · {t(`state_${words.state}`)} ·{' '}
              <time dateTime={words.created_at}>{format.dateTime(words.created_at)}</time>
              {words.reason && <> · {localized(words.reason)}</>}
            </p>
            <WordsChanges
              changes={words.changes}
              language={series.language}
              labels={{
                before: t('onStage'),
                after: t('afterwards'),
                nothing: t('nothing'),
                field: (name) => t(`field_${name}`),
              }}
            />
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {d('more')}
        </Button>
      )}
    </>
  )
}
