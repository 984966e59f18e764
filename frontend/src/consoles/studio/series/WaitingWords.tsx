import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../../api/client'
import type { StudioSeries, WordsVersion } from '../../../api/types'
import { useLocalizedText } from '../../../i18n/language'
import { useMessages } from '../../../i18n/messages'
import { showToast } from '../../../ui/Toast'
import { ProblemAlert } from '../../shared/ProblemAlert'
import { WordsChanges } from '../../shared/WordsChanges'
import { studioSeriesQuery, WORDS_HISTORY_KEY } from '../queries'
import styles from './WaitingWords.module.css'
import { isOpen, wordsFor } from './words'
import { wordsMessages } from './wordsMessages'

/** New words for a series, an episode or a choice that are not on stage: what became of them. */
export function WaitingWords({ series, objectId }: { series: StudioSeries; objectId: string }) {
  const words = wordsFor(series, objectId)
  return words && <WordsNotice series={series} words={words} />
}

function WordsNotice({ series, words }: { series: StudioSeries; words: WordsVersion }) {
  const t = useMessages(wordsMessages)
  const localized = useLocalizedText()
  const queryClient = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/studio/words/{revision_id}/withdraw', {
        params: { path: { revision_id: words.id } },
      }),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: WORDS_HISTORY_KEY })
      await queryClient.invalidateQueries({ queryKey: studioSeriesQuery(series.id).queryKey })
      showToast(t('withdrawn'))
    },
  })
  return (
    <section
      className={styles.notice}
      data-state={words.state}
      aria-label={t(`kind_${words.kind}`)}
    >
      <p>
        <strong>{t(`state_${words.state}`)}</strong>
        {words.reason && <> · {localized(words.reason)}</>}
      </p>
      <WordsChanges
        changes={words.changes}
        language={series.language}
        labels={{
          before: t('onStage'),
          after: t('afterwards'),
          nothing: t('nothing'),
          field: (name) => t(`field_${name}`),
        }}
      />
      <ProblemAlert error={withdraw.error} />
      {isOpen(words) && (
        <Button
          variant="default"
          size="compact-md"
          className={styles.withdraw}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate()}
        >
          {t('withdraw')}
        </Button>
      )}
    </section>
  )
}
