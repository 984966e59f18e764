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

/** Takes somebody's display name away, with a reason that they are told; and what was taken before. */
export function NameRemoval({
  person,
  onDone,
}: {
  person: PersonRecord
  onDone: (next: PersonRecord) => void
}) {
  const t = useMessages(peopleMessages)
  const format = useFormat()
  const [reason, setReason] = useState<string | null>(null)
  const remove = useMutation({
    mutationFn: (reason: string) =>
      answerOf<PersonRecord>(
        client.POST('/api/v1/people/{user_id}/name/remove', {
          params: { path: { user_id: person.id } },
          body: { reason },
        }),
      ),
    onSuccess: (next) => {
      setReason(null)
      showToast(t('nameRemoved'))
      onDone(next)
    },
  })
  if (!person.has_display_name && person.removed_names.length === 0) return null
  return (
    <section className={layout.section} aria-labelledby="names">
      <h2 id="names">{t('names')}</h2>
      {person.has_display_name && reason === null && (
        <div className={layout.actions}>
          <Button variant="default" onClick={() => setReason('')}>
            {t('removeName', { name: person.display_name })}
          </Button>
        </div>
      )}
      {person.has_display_name && reason !== null && (
        <form
          className={layout.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim()) remove.mutate(reason)
          }}
        >
          <p>{t('removeNameText', { handle: person.handle })}</p>
          <Textarea
            label={t('removeNameReason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            required
            autosize
            minRows={2}
            autoFocus
          />
          <ProblemAlert error={remove.error} />
          <div className={layout.actions}>
            <Button
              type="submit"
              color="cinnabar"
              loading={remove.isPending}
              disabled={!reason.trim()}
            >
              {t('removeNameSend')}
            </Button>
            <Button variant="default" onClick={() => setReason(null)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      <ol className={layout.history}>
        {person.removed_names.map(({ name, reason, by, at }) => (
          <li key={at}>
            <time dateTime={at}>{format.dateTime(at)}</time>
            <span>
              {t('removedName', { name })} {reason} <em>{t('by', { name: by })}</em>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
