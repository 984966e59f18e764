/** What a page shows instead of its content: while it loads, when it failed, when there is nothing. */
import type { ReactNode } from 'react'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button } from './Button'
import { uiMessages } from './messages'
import styles from './State.module.css'

/** A lamp being lit: the breathing glow that stands for waiting everywhere. */
export function Lamp({ label, small = false }: { label?: string; small?: boolean }) {
  const t = useMessages(uiMessages)
  return (
    <div className={`${styles.lamp} ${small ? styles.small : ''}`} role="status">
      <span className={styles.flame} aria-hidden="true" />
      <span className={small ? 'unseen' : styles.lampText}>{label ?? t('loading')}</span>
    </div>
  )
}

export function Quiet({
  title,
  children,
  actions,
  level = 1,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  level?: 1 | 2
}) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className={styles.quiet}>
      <svg className={styles.lantern} viewBox="0 0 80 120" aria-hidden="true">
        <path d="M40 4v18M26 22h28M26 84h28M40 84v10M34 94v20M40 94v24M46 94v20" />
        <path className={styles.shade} d="M26 22c-22 12-22 50 0 62h28c22-12 22-50 0-62z" />
        <path d="M40 22v62M30 22c-10 16-10 46 0 62M50 22c10 16 10 46 0 62" />
      </svg>
      <Heading className={styles.quietTitle}>{title}</Heading>
      {children && <div className={styles.quietText}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

/** A refusal in people's words, with a way to try again. */
export function Failed({
  error,
  onRetry,
  level,
}: {
  error: unknown
  onRetry?: () => void
  level?: 1 | 2
}) {
  const t = useMessages(uiMessages)
  const problem = error instanceof Problem ? error : null
  return (
    <div role="alert">
      <Quiet
        level={level}
        title={problem?.title ?? String((error as Error)?.message ?? error)}
        actions={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
      >
        {problem?.detail && <p>{problem.detail}</p>}
        {problem?.requestId && (
          <p className={styles.reference}>{t('requestId', { id: problem.requestId })}</p>
        )}
      </Quiet>
    </div>
  )
}
