import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client, queryKeyOf } from '../../api/client'
import type { Cut } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import styles from './CutAppeal.module.css'
import { consoleMessages } from './messages'
import { ProblemAlert } from './ProblemAlert'

const MAX_REASON = 2000

/** The creator's appeal against a refusal: how it stands, or the way to write it. */
export function CutAppeal({ cut }: { cut: Cut }) {
  const t = useMessages(consoleMessages)
  const format = useFormat()
  const { appeal } = cut
  if (appeal) {
    return (
      <section className={styles.appeal}>
        <h3>
          {t(`appeal_${appeal.state}`)} · {format.dateTime(appeal.decided_at ?? appeal.appealed_at)}
        </h3>
        <p className={styles.reason}>{appeal.reason}</p>
      </section>
    )
  }
  return cut.may_appeal ? <AppealForm cut={cut} /> : null
}

function AppealForm({ cut }: { cut: Cut }) {
  const t = useMessages(consoleMessages)
  const queryClient = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const appeal = useMutation({
    mutationFn: () =>
      answerOf<Cut>(
        client.POST('/api/v1/cuts/{cut_id}/appeal', {
          params: { path: { cut_id: cut.id } },
          body: { reason: reason.trim() },
        }),
      ),
    onSettled: () => {
      for (const path of ['/api/v1/cuts/{cut_id}', '/api/v1/studio/series/{series_id}'] as const)
        void queryClient.invalidateQueries({ queryKey: queryKeyOf(path) })
    },
  })
  if (!isOpen) {
    return (
      <section className={styles.appeal}>
        <p>{t('appealText')}</p>
        <Button variant="default" onClick={() => setIsOpen(true)}>
          {t('appeal')}
        </Button>
      </section>
    )
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim()) appeal.mutate()
      }}
    >
      <Textarea
        label={t('appealReason')}
        description={t('appealOnce')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={MAX_REASON}
        autosize
        minRows={3}
        autoFocus
      />
      <div className={styles.actions}>
        <Button type="submit" loading={appeal.isPending} disabled={!reason.trim()}>
          {t('sendAppeal')}
        </Button>
        <Button variant="default" onClick={() => setIsOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
      <ProblemAlert error={appeal.error} />
    </form>
  )
}
