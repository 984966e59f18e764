import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { answerOf, client } from '../../api/client'
import type { Filing } from '../../api/types'
import { useFormat } from '../../i18n/format'
import { useMessages } from '../../i18n/messages'
import { showToast } from '../../ui/Toast'
import layout from '../shared/PageLayout.module.css'
import { ProblemAlert } from '../shared/ProblemAlert'
import { filingMessages } from './messages'

type Correction = Filing['corrections'][number]

/** What one admin says the number should have been, and what another decided: the open one first. */
export function Corrections({
  filing,
  onDecided,
}: {
  filing: Filing
  onDecided: (filing: Filing) => void
}) {
  const t = useMessages(filingMessages)
  if (filing.corrections.length === 0) return null
  return (
    <section className={layout.section} aria-label={t('corrections')}>
      <h2>{t('corrections')}</h2>
      {filing.corrections.map((correction) => (
        <CorrectionEntry
          key={correction.id}
          correction={correction}
          mayFile={filing.may_file}
          onDecided={onDecided}
        />
      ))}
    </section>
  )
}

function CorrectionEntry({
  correction,
  mayFile,
  onDecided,
}: {
  correction: Correction
  mayFile: boolean
  onDecided: (filing: Filing) => void
}) {
  const t = useMessages(filingMessages)
  const format = useFormat()
  const params = { path: { correction_id: correction.id } }
  const decide = useMutation({
    mutationFn: (verb: 'confirm' | 'refuse') =>
      answerOf<Filing>(
        verb === 'confirm'
          ? client.POST('/api/v1/filing/corrections/{correction_id}/confirm', { params })
          : client.POST('/api/v1/filing/corrections/{correction_id}/refuse', { params }),
      ),
    onSuccess: (next, verb) => {
      showToast(t(verb === 'confirm' ? 'corrected' : 'correctionRefused'))
      onDecided(next)
    },
  })
  const isOpen = correction.state === 'proposed'
  return (
    <div className={isOpen ? layout.form : layout.panel}>
      <p>
        <strong>{t(`correction_${correction.state}`)}</strong> ·{' '}
        {t('proposedBy', { name: correction.proposed_by })} ·{' '}
        {format.dateTime(correction.proposed_at)}
        {correction.decided_by && correction.decided_at && (
          <>
            {' · '}
            {t('decidedBy', { name: correction.decided_by })} ·{' '}
            {format.dateTime(correction.decided_at)}
          </>
        )}
      </p>
      <dl className={layout.facts}>
        {correction.changes.map(({ name, before, after }) => (
          <div key={name}>
            <dt>{t(`field_${name}`)}</dt>
            <dd>
              <del>{display(name, before) || t('empty_field')}</del> →{' '}
              <ins>{display(name, after) || t('empty_field')}</ins>
            </dd>
          </div>
        ))}
      </dl>
      <p>{correction.reason}</p>
      <ProblemAlert error={decide.error} />
      {isOpen && mayFile && (
        <div className={layout.actions}>
          {correction.may_confirm ? (
            <Button
              color="jade"
              loading={decide.isPending}
              onClick={() => decide.mutate('confirm')}
            >
              {t('confirmCorrection')}
            </Button>
          ) : (
            <p className={layout.muted}>{t('needsAnother')}</p>
          )}
          <Button
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate('refuse')}
          >
            {t(correction.may_confirm ? 'refuseCorrection' : 'withdrawCorrection')}
          </Button>
        </div>
      )}
    </div>
  )

  function display(name: Correction['changes'][number]['name'], text: string): string {
    if (name === 'budget_fen' && text) return String(Number(text) / 100)
    if (name === 'tier' && (text === 'key' || text === 'ordinary' || text === 'other'))
      return t(`tier_${text}`)
    return text
  }
}
