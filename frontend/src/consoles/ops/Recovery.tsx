import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../../api/client'
import type { PersonRecord } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { peopleMessages } from './peopleMessages'

/** Somebody has lost every second factor: one operator asks, another one removes them. */
export function Recovery({
  person,
  onDone,
}: {
  person: PersonRecord
  onDone: (next: PersonRecord) => void
}) {
  const t = useMessages(peopleMessages)
  const format = useFormat()
  const [reason, setReason] = useState('')
  const params = { path: { user_id: person.id } }
  const act = useMutation({
    mutationFn: (what: 'ask' | 'approve') =>
      answerOf(
        what === 'ask'
          ? client.POST('/api/v1/people/{user_id}/recovery', { params, body: { reason } })
          : client.POST('/api/v1/people/{user_id}/recovery/approve', { params }),
      ),
    onSuccess: (next, what) => {
      onDone(next)
      setReason('')
      showToast(t(what === 'ask' ? 'recoveryAsked' : 'recoveryDone'))
    },
  })
  const { recovery } = person
  return (
    <section className={layout.section} aria-labelledby="recovery">
      <h2 id="recovery">{t('recovery')}</h2>
      <p className={layout.muted}>{t('recoveryText', { n: person.factors })}</p>
      {recovery ? (
        <>
          <p>
            {t('recoveryBy', { who: recovery.asked_by, when: format.dateTime(recovery.asked_at) })}
          </p>
          <blockquote>{recovery.reason}</blockquote>
          {recovery.by_oneself ? (
            <p className={layout.muted}>{t('recoveryOther')}</p>
          ) : (
            <Button color="cinnabar" loading={act.isPending} onClick={() => act.mutate('approve')}>
              {t('recoveryApprove')}
            </Button>
          )}
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate('ask')
          }}
        >
          <Textarea
            label={t('recoveryReason')}
            description={t('recoveryReasonHint')}
            required
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" mt="sm" variant="default" loading={act.isPending}>
            {t('recoveryAsk')}
          </Button>
        </form>
      )}
      <ProblemAlert error={act.error} />
    </section>
  )
}
