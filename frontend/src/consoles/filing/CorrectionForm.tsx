import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../api/client'
import { fieldError } from '../../api/fieldError'
import type { CorrectionBody, Filing } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { filingMessages } from './messages'

const TIERS = ['key', 'ordinary', 'other'] as const

/** Proposes what the number should have been; it begins as the register has it. */
export function CorrectionForm({
  filing,
  onSaved,
  onCancel,
}: {
  filing: Filing
  onSaved: (filing: Filing) => void
  onCancel: () => void
}) {
  const t = useMessages(filingMessages)
  const d = useMessages(consoleMessages)
  const [values, setValues] = useState({
    number: filing.number,
    tier: filing.tier || 'other',
    issued_on: filing.issued_on ?? '',
    authority: filing.authority,
    special_theme: filing.special_theme,
    reason: '',
  })
  const [budget, setBudget] = useState<string | number>(
    filing.budget_fen === null ? '' : filing.budget_fen / 100,
  )
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }))
  const propose = useIdempotentMutation(
    (body: CorrectionBody, header) =>
      client.POST('/api/v1/filing/filings/{series_id}/corrections', {
        params: { path: { series_id: filing.series.id }, header },
        body,
      }),
    {
      onSuccess: (next) => {
        showToast(t('correctionProposed'))
        onSaved(next)
      },
    },
  )
  const errorOf = (field: string) => fieldError(propose.error, field)
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        propose.mutate({
          ...values,
          budget_fen: budget === '' ? null : Math.round(Number(budget) * 100),
        })
      }}
    >
      <p>{t('correctText')}</p>
      <div className={layout.fields}>
        <NativeSelect
          label={t('tier')}
          value={values.tier}
          onChange={(event) => set({ tier: event.currentTarget.value as (typeof TIERS)[number] })}
          data={TIERS.map((name) => ({ value: name, label: t(`tier_${name}`) }))}
          error={errorOf('tier')}
        />
        <TextInput
          label={t('number')}
          value={values.number}
          onChange={(event) => set({ number: event.currentTarget.value })}
          maxLength={60}
          required
          error={errorOf('number')}
          className={layout.twoColumns}
          autoFocus
        />
        <TextInput
          type="date"
          label={t('issuedOn')}
          value={values.issued_on}
          onChange={(event) => set({ issued_on: event.currentTarget.value })}
          required
          error={errorOf('issued_on')}
        />
        <TextInput
          label={t('authority')}
          value={values.authority}
          onChange={(event) => set({ authority: event.currentTarget.value })}
          maxLength={60}
          error={errorOf('authority')}
        />
        <NumberInput
          label={t('budget')}
          description={t('budgetHint')}
          value={budget}
          onChange={setBudget}
          min={0}
          thousandSeparator=","
          hideControls
          error={errorOf('budget_fen')}
        />
        <NativeSelect
          label={t('theme')}
          value={values.special_theme}
          onChange={(event) => set({ special_theme: event.currentTarget.value })}
          data={[{ value: '', label: t('noTheme') }, ...filing.rule.special_themes]}
          error={errorOf('special_theme')}
        />
      </div>
      <Textarea
        label={t('correctionReason')}
        value={values.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        maxLength={1000}
        required
        error={errorOf('reason')}
        autosize
        minRows={2}
      />
      <ProblemAlert error={propose.error} />
      <div className={layout.actions}>
        <Button type="submit" loading={propose.isPending}>
          {t('proposeCorrection')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
