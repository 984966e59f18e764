import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Claim } from '../../api/types'
import { useMessages } from '../../i18n/messages'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import layout from '../shared/PageLayout.module.css'
import { PreviewPlayer } from '../shared/PreviewPlayer'
import { useCut } from '../shared/useCut'
import { usePreview } from '../shared/usePreview'
import { rightsMessages } from './messages'

type ShownCut = Claim['shown_cuts'][number]

/** What was shown when the notice came; each film can be watched here, though nobody is shown it. */
export function ClaimFilms({ claim }: { claim: Claim }) {
  const t = useMessages(rightsMessages)
  const [watched, setWatched] = useState<string | null>(null)
  return (
    <section className={layout.section}>
      <h2>{t('shownAtReceipt')}</h2>
      <ul className={layout.stack}>
        {claim.shown_cuts.map((cut) => (
          <li key={cut.cut_id}>
            {t('shownAtReceiptText', {
              episode: cut.episode_number,
              cut: cut.number,
              label: cut.label ?? '—',
              decision: cut.decision_id ?? '—',
            })}
            <div className={layout.muted}>
              <code>{cut.sha256}</code>
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-expanded={watched === cut.cut_id}
              onClick={() => setWatched(watched === cut.cut_id ? null : cut.cut_id)}
            >
              {t(watched === cut.cut_id ? 'closeFilm' : 'watchFilm', { n: cut.episode_number })}
            </Button>
            {watched === cut.cut_id && (
              <Film shown={cut} title={`${claim.series.title} ${cut.episode_number}`} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Film({ shown, title }: { shown: ShownCut; title: string }) {
  const t = useMessages(rightsMessages)
  const { cut, error, refresh } = useCut(shown.cut_id)
  const preview = usePreview(cut?.preview ?? null, refresh)
  if (!cut) {
    return error ? (
      <ErrorState level={2} error={error} onRetry={() => void refresh()} />
    ) : (
      <Spinner small />
    )
  }
  return (
    <div className={layout.film}>
      {cut.sha256 !== shown.sha256 && <p className={layout.warning}>{t('otherBytes')}</p>}
      {cut.preview ? (
        <PreviewPlayer preview={preview} playback={cut.preview} title={title} />
      ) : (
        <p className={layout.muted}>{t('noFilm')}</p>
      )}
    </div>
  )
}
