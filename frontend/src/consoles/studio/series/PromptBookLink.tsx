import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../../api/client'
import { useMessages } from '../../../i18n/messages'
import { ProblemAlert } from '../../shared/ProblemAlert'
import styles from './Proposals.module.css'
import { proposalMessages } from './proposalMessages'

/** Opens the series' writing room, which the first visit creates. */
export function PromptBookLink({ seriesId }: { seriesId: string }) {
  const t = useMessages(proposalMessages)
  const navigate = useNavigate()
  const open = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/series/{series_id}/writing', {
        params: { path: { series_id: seriesId } },
      }),
    onSuccess: () => void navigate({ to: '/studio/writing/$seriesId', params: { seriesId } }),
  })
  return (
    <section aria-labelledby="book" className={styles.section}>
      <h2 id="book">{t('book')}</h2>
      <p className={styles.muted}>{t('bookText')}</p>
      <div>
        <Button variant="default" loading={open.isPending} onClick={() => open.mutate()}>
          {t('openBook')}
        </Button>
      </div>
      <ProblemAlert error={open.error} />
    </section>
  )
}
