import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/**
 * What stands in the place of content when there is none: a heading, a text, and what to do next.
 */
export function EmptyState({
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
    <div className={styles.emptyState}>
      <svg className={styles.lantern} viewBox="0 0 80 120" aria-hidden="true">
        <path d="M40 4v18M26 22h28M26 84h28M40 84v10M34 94v20M40 94v24M46 94v20" />
        <path className={styles.shade} d="M26 22c-22 12-22 50 0 62h28c22-12 22-50 0-62z" />
        <path d="M40 22v62M30 22c-10 16-10 46 0 62M50 22c10 16 10 46 0 62" />
      </svg>
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
