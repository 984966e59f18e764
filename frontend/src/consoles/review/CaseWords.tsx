import { Button } from '@mantine/core'
import type { Case } from '../../api/types'
import { langOf } from '../../i18n/language'
import { useMessages } from '../../i18n/messages'
import styles from './CaseWords.module.css'
import { wordsMessages } from './wordsMessages'

/** All words that would be on stage with the version: one decides about them too. */
export function CaseWords({
  case: reviewCase,
  hasChanged,
  onReadAgain,
}: {
  case: Case
  /** They are other words than those that were there when the case was opened. */
  hasChanged: boolean
  onReadAgain: () => void
}) {
  const t = useMessages(wordsMessages)
  return (
    <section className={styles.words} aria-label={t('caseWords')} data-changed={hasChanged}>
      {hasChanged && (
        <div role="alert" className={styles.changed}>
          <p>{t('changed')}</p>
          <Button size="compact-md" variant="default" onClick={onReadAgain}>
            {t('readAgain')}
          </Button>
        </div>
      )}
      <dl lang={langOf(reviewCase.series.language)}>
        {reviewCase.words.map((part) => {
          const text = (field: string) =>
            part.texts.find((entry) => entry.field === field)?.text ?? ''
          return part.kind === 'series' ? (
            <div key={part.object_id}>
              <dt>{t('caseTitle')}</dt>
              <dd>{text('title')}</dd>
              <dt>{t('caseSynopsis')}</dt>
              <dd>{text('synopsis') || t('noSynopsis')}</dd>
            </div>
          ) : (
            <div key={part.object_id}>
              <dt>{t(part.kind === 'episode' ? 'caseEpisode' : 'caseChoice')}</dt>
              <dd>
                {text('title') || text('text')}
                {text('seal') && <span className={styles.seal}>{text('seal')}</span>}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
