import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../../api/client'
import { fieldError } from '../../api/fieldError'
import type { LocalizedText, NeverPhraseBody } from '../../api/types'
import { useLocalizedText } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { neverMessages } from './neverMessages'
import { useNeverListChanged } from './useNeverListChanged'

const FORMS = ['word', 'sound', 'whole', 'stem', 'pattern'] as const
const LANGUAGES = ['zh', 'en', 'any'] as const

/** Adds a phrase to what never appears; what cannot be read is said at its field. */
export function NeverPhraseForm({
  categories,
  onClose,
}: {
  categories: { code: string; name: LocalizedText }[]
  onClose: () => void
}) {
  const t = useMessages(neverMessages)
  const localized = useLocalizedText()
  const onChanged = useNeverListChanged()
  const [values, setValues] = useState({
    phrase: '',
    category: categories[0]?.code ?? '',
    language: 'zh' as (typeof LANGUAGES)[number],
    form: 'word' as (typeof FORMS)[number],
    exceptions: '',
    quotable: false,
    effective: '',
    until: '',
    reason: '',
  })
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }))
  const add = useMutation({
    mutationFn: (body: NeverPhraseBody) => answerOf(client.POST('/api/v1/never-list', { body })),
    onSuccess: () => {
      showToast(t('added'))
      onClose()
      onChanged()
    },
  })
  const errorOf = (field: string) => fieldError(add.error, field)
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate({
          ...values,
          exceptions: values.exceptions.split('\n').filter((line) => line.trim()),
          effective: values.effective || null,
          until: values.until || null,
        })
      }}
    >
      <div className={layout.fields}>
        <TextInput
          label={t('phrase')}
          description={values.form === 'pattern' ? t('patternHint') : undefined}
          value={values.phrase}
          onChange={(event) => set({ phrase: event.currentTarget.value })}
          maxLength={200}
          required
          error={errorOf('phrase')}
          className={layout.twoColumns}
          autoFocus
        />
        <NativeSelect
          label={t('category')}
          value={values.category}
          onChange={(event) => set({ category: event.currentTarget.value })}
          data={categories.map(({ code, name }) => ({ value: code, label: localized(name) }))}
          error={errorOf('category')}
        />
        <NativeSelect
          label={t('form')}
          value={values.form}
          onChange={(event) => set({ form: event.currentTarget.value as (typeof FORMS)[number] })}
          data={FORMS.map((name) => ({ value: name, label: t(`form_${name}`) }))}
          error={errorOf('form')}
        />
        <NativeSelect
          label={t('language')}
          value={values.language}
          onChange={(event) =>
            set({ language: event.currentTarget.value as (typeof LANGUAGES)[number] })
          }
          data={LANGUAGES.map((name) => ({ value: name, label: t(`language_${name}`) }))}
          error={errorOf('language')}
        />
        <TextInput
          type="date"
          label={t('effective')}
          description={t('always')}
          value={values.effective}
          onChange={(event) => set({ effective: event.currentTarget.value })}
          error={errorOf('effective')}
        />
        <TextInput
          type="date"
          label={t('until')}
          description={t('always')}
          value={values.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
          error={errorOf('until')}
        />
      </div>
      <Textarea
        label={t('exceptions')}
        description={t('exceptionsHint')}
        value={values.exceptions}
        onChange={(event) => set({ exceptions: event.currentTarget.value })}
        error={errorOf('exceptions')}
        autosize
        minRows={2}
      />
      <Checkbox
        label={t('quotable')}
        checked={values.quotable}
        onChange={(event) => set({ quotable: event.currentTarget.checked })}
      />
      <Textarea
        label={t('reason')}
        value={values.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        maxLength={500}
        required
        error={errorOf('reason')}
        autosize
      />
      <ProblemAlert error={add.error} />
      <div className={layout.actions}>
        <Button type="submit" loading={add.isPending}>
          {t('addSend')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
