import { fieldError } from '../api/fieldError'
import type { FiledNotice } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Field, TextBox } from '../ui/Field'
import { rightsMessages } from './messages'

/** The fields of a notice that its claimant may complete later. */
export function SupplementFields({ claim, error }: { claim: FiledNotice; error: unknown }) {
  const t = useMessages(rightsMessages)
  const errorOf = (field: string) => fieldError(error, field)
  return (
    <>
      <Field
        label={t('workTitle')}
        name="work_title"
        defaultValue={claim.work_title}
        maxLength={120}
        required
        error={errorOf('work_title')}
      />
      <Field
        label={t('workPlace')}
        name="work_place"
        defaultValue={claim.work_place}
        maxLength={500}
        required
        error={errorOf('work_place')}
      />
      <TextBox
        label={t('statement')}
        name="statement"
        defaultValue={claim.statement}
        rows={5}
        maxLength={5000}
        required
        error={errorOf('statement')}
      />
      <TextBox
        label={t('proofs')}
        hint={t('proofsHint')}
        name="proofs"
        defaultValue={(claim.proofs ?? []).join('\n')}
        rows={3}
        error={errorOf('proofs')}
      />
      <Field
        label={t('address')}
        name="address"
        defaultValue={claim.address}
        maxLength={200}
        required
        error={errorOf('address')}
      />
      <Field
        label={t('phone')}
        name="phone"
        type="tel"
        defaultValue={claim.phone ?? ''}
        maxLength={40}
        error={errorOf('phone')}
      />
    </>
  )
}
