/** What a claim shows to everybody who may see it. */
import type { ClaimStep, CounterNotice } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import styles from './ClaimParts.module.css'
import { claimMessages } from './claimMessages'

interface Target {
  cut: { episode_number: number; episode_title: string } | null
  /** The episodes of a series to which an admin narrowed it. */
  narrowed_to?: { number: number }[]
  /** Their number, where a list does not name them. */
  episode_count?: number
}

/** What of a series is complained of, in words. */
export function useTargetText(): (claim: Target) => string {
  const t = useMessages(claimMessages)
  return ({ cut, narrowed_to = [], episode_count = 0 }) => {
    if (cut) return t('oneEpisode', { n: cut.episode_number, title: cut.episode_title })
    if (narrowed_to.length > 0)
      return t('someEpisodes', { numbers: narrowed_to.map(({ number }) => number).join(', ') })
    return episode_count > 0 ? t('someOfSeries', { n: episode_count }) : t('wholeSeries')
  }
}

export function ClaimHistory({ steps }: { steps: (ClaimStep & { by?: string | null })[] }) {
  const t = useMessages(claimMessages)
  const format = useFormat()
  return (
    <ol className={styles.history}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end.
        <li key={index}>
          <time dateTime={step.at}>{format.dateTime(step.at)}</time>
          <div>
            {t(`act_${step.action}`)}
            {step.by && ` · ${step.by}`}
            {step.note && <p>{step.note}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** Links that somebody gave as proof: shown as text, opened only by who presses them. */
export function ProofLinks({ links }: { links: string[] }) {
  const t = useMessages(claimMessages)
  if (links.length === 0) return <p className={styles.muted}>{t('noProofs')}</p>
  return (
    <ul className={styles.links}>
      {links.map((link) => (
        <li key={link}>
          <a href={link} target="_blank" rel="noopener noreferrer nofollow">
            {link}
          </a>
        </li>
      ))}
    </ul>
  )
}

export function CounterNoticeText({ counter }: { counter: CounterNotice }) {
  const t = useMessages(claimMessages)
  const format = useFormat()
  return (
    <>
      <p className={styles.quote}>{counter.statement}</p>
      <ProofLinks links={counter.proofs} />
      <p className={styles.muted}>
        {t('signed', { name: counter.signature })} · {format.dateTime(counter.created_at)}
      </p>
    </>
  )
}
