import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client'
import { fieldError } from '../../api/fieldError'
import type { Filing, FilingNumberBody } from '../../api/types'
import { useIdempotentMutation } from '../../api/useIdempotentMutation'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import { consoleMessages } from '../shared/messages'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { filingMessages } from './messages'
import { filingRulesQuery } from './queries'

type Tier = 'key' | 'ordinary' | 'other'

/** Gives a series its number. What fits is said by the server, by the rules of the day of issue. */
export function FilingNumberForm({
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
  const localized = useLocalizedText()
  const [values, setValues] = useState({
    number: '',
    tier: 'ordinary' as Tier,
    issued_on: new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    authority: '',
    in_force_from: '',
    expires_on: '',
    special_theme: '',
    note: '',
  })
  const [budget, setBudget] = useState<string | number>('')
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }))
  const rules = useQuery(filingRulesQuery)
  const rule =
    filing.rule ??
    [...(rules.data ?? [])]
      .filter((rule) => rule.effective <= values.issued_on)
      .sort((a, b) => b.effective.localeCompare(a.effective))[0]
  const tier = rule?.tiers.find((tier) => tier.tier === values.tier)
  const give = useIdempotentMutation(
    (body: FilingNumberBody, header) =>
      client.POST('/api/v1/filing/filings/{series_id}/number', {
        params: { path: { series_id: filing.series.id }, header },
        body,
      }),
    {
      onSuccess: (next) => {
        showToast(t('done'))
        onSaved(next)
      },
    },
  )
  const errorOf = (field: string) => fieldError(give.error, field)
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate({
          ...values,
          in_force_from: values.in_force_from || null,
          expires_on: values.expires_on || null,
          budget_fen: budget === '' ? null : Math.round(Number(budget) * 100),
        })
      }}
    >
      <div className={layout.fields}>
        <NativeSelect
          label={t('tier')}
          value={values.tier}
          onChange={(event) => set({ tier: event.currentTarget.value as Tier })}
          data={
            rule?.tiers.map((tier) => ({ value: tier.tier, label: localized(tier.name) })) ??
            (['key', 'ordinary', 'other'] as const).map((name) => ({
              value: name,
              label: t(`tier_${name}`),
            }))
          }
          error={errorOf('tier')}
        />
        <TextInput
          label={t('number')}
          description={
            tier &&
            [
              t('numberExample', { example: tier.example }),
              ...(tier.pattern_certainty === 'H' ? [] : [t('patternUnsure')]),
            ].join(' · ')
          }
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
          type="date"
          label={t('inForceFrom')}
          description={t('inForceHint')}
          value={values.in_force_from}
          onChange={(event) => set({ in_force_from: event.currentTarget.value })}
          error={errorOf('in_force_from')}
        />
        <TextInput
          type="date"
          label={t('expiresOn')}
          description={t('expiresHint')}
          value={values.expires_on}
          onChange={(event) => set({ expires_on: event.currentTarget.value })}
          error={errorOf('expires_on')}
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
          data={[{ value: '', label: t('noTheme') }, ...(rule?.special_themes ?? [])]}
          error={errorOf('special_theme')}
        />
      </div>
      <Textarea
        label={t('note')}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        maxLength={2000}
        autosize
        minRows={1}
      />
      <ProblemAlert error={give.error} />
      <div className={layout.actions}>
        <Button type="submit" color="jade" loading={give.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {d('cancel')}
        </Button>
      </div>
    </form>
  )
}
