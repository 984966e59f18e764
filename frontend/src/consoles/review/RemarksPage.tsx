import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../../i18n/format'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { notify } from '../../ui/Notice'
import { Failed, Lamp } from '../../ui/State'
import { usePageTitle } from '../../ui/usePageTitle'
import { deskMessages } from '../desk/messages'
import type { Remark } from '../types'
import { Kinds } from './Queue'
import queueStyles from './Queue.module.css'
import { RemarkDesk } from './RemarkDesk'
import styles from './RemarksPage.module.css'
import { remarkMessages } from './remarkMessages'
import { REMARK_LISTS, type RemarkList, useRemarks } from './useRemarks'

/** What people said and wait to have read; one is looked at, and after a decision the next one comes. */
export function RemarksPage() {
  const t = useMessages(remarkMessages)
  const d = useMessages(deskMessages)
  usePageTitle(t('title'))
  const [list, setList] = useState<RemarkList>('held')
  const remarks = useRemarks(list)
  const [chosen, setChosen] = useState<string | null>(null)
  const { items } = remarks
  const current = items.find((one) => one.id === chosen) ?? items[0] ?? null
  const place = current ? items.indexOf(current) : -1

  const step = (by: 1 | -1) => setChosen(items[place + by]?.id ?? current?.id ?? null)
  const onDecided = (decided: Remark) => {
    const next = items[place + 1] ?? items[place - 1] ?? null
    const told = t(decided.state === 'shown' ? 'done_shown' : 'done_refused')
    notify(next ? told : `${told} · ${t('listDone')}`)
    setChosen(next?.id ?? null)
  }

  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      <h1 className="unseen">{t('title')}</h1>
      <nav className={queueStyles.queue} aria-label={t('lists')}>
        <Kinds here="remarks" />
        <div className={queueStyles.lists}>
          {REMARK_LISTS.map((name) => (
            <button
              key={name}
              type="button"
              aria-current={name === list ? 'true' : undefined}
              onClick={() => {
                setList(name)
                setChosen(null)
              }}
            >
              {t(`list_${name}`)}
              {name === list && remarks.isSuccess && (
                <span>
                  {items.length}
                  {remarks.hasNextPage ? '+' : ''}
                </span>
              )}
            </button>
          ))}
        </div>
        {remarks.isPending && <Lamp small />}
        {remarks.isError && (
          <Failed level={2} error={remarks.error} onRetry={() => void remarks.refetch()} />
        )}
        {remarks.isSuccess && items.length === 0 && (
          <p className={queueStyles.empty}>{t(list === 'held' ? 'emptyHeld' : 'emptyOther')}</p>
        )}
        <ol>
          {items.map((one) => (
            <li key={one.id}>
              <Row remark={one} current={one === current} onChoose={() => setChosen(one.id)} />
            </li>
          ))}
        </ol>
        {remarks.hasNextPage && (
          <Button variant="default" m="md" onClick={() => void remarks.fetchNextPage()}>
            {d('more')}
          </Button>
        )}
      </nav>
      {current ? (
        <RemarkDesk key={current.id} remark={current} onStep={step} onDecided={onDecided} />
      ) : (
        <section className={styles.tea}>
          <p>{t(list === 'held' ? 'emptyHeld' : 'emptyOther')}</p>
        </section>
      )}
    </main>
  )
}

function Row({
  remark,
  current,
  onChoose,
}: {
  remark: Remark
  current: boolean
  onChoose: () => void
}) {
  const t = useMessages(remarkMessages)
  const format = useFormat()
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
    >
      <span className={styles.words}>{remark.text}</span>
      <span className={styles.where}>
        <span lang={langOf(remark.series.language)}>
          {remark.series.title} {remark.episode?.number ?? ''}
        </span>
        {remark.waits && <em>{t(`waits_${remark.waits}`)}</em>}
        {remark.reports.length > 0 && remark.waits !== 'reports' && (
          <em>
            {t('reports')} {remark.reports.length}
          </em>
        )}
        <time dateTime={remark.created_at}>{format.ago(remark.created_at)}</time>
      </span>
    </button>
  )
}
