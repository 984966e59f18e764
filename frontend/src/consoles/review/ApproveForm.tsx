import { NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApproveBody } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { DecisionForm } from './DecisionControls'
import { reviewMessages } from './messages'
import { ageNoticesQuery } from './queries'

/** A yes, with an age notice and a note to the creator where they are wanted. */
export function ApproveForm({
  isSubmitting,
  onSubmit,
  onCancel,
}: {
  isSubmitting: boolean
  onSubmit: (body: Omit<ApproveBody, 'words_sha256'>) => void
  onCancel: () => void
}) {
  const t = useMessages(reviewMessages)
  const localized = useLocalizedText()
  const [ageNotice, setAgeNotice] = useState('')
  const [note, setNote] = useState('')
  const notices = useQuery(ageNoticesQuery)
  return (
    <DecisionForm
      submitLabel={t('confirmApprove')}
      color="jade"
      isSubmitting={isSubmitting}
      onSubmit={() => onSubmit({ note, age_notice: ageNotice })}
      onCancel={onCancel}
    >
      <NativeSelect
        label={t('ageNotice')}
        value={ageNotice}
        onChange={(event) => setAgeNotice(event.currentTarget.value)}
        data={[
          { value: '', label: t('noAge') },
          ...(notices.data ?? []).map(({ code, text }) => ({
            value: code,
            label: localized(text),
          })),
        ]}
        autoFocus
      />
      <Textarea
        label={t('noteToCreator')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={2}
      />
    </DecisionForm>
  )
}
