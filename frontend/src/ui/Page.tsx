import type { ReactNode } from 'react'
import styles from './Page.module.css'
import { usePageTitle } from './usePageTitle'

/** A plain page: a heading in the title face, room to read. */
export function Page({
  title,
  narrow = false,
  head,
  children,
}: {
  title: string
  narrow?: boolean
  head?: ReactNode
  children: ReactNode
}) {
  usePageTitle(title)
  return (
    <main id="content" tabIndex={-1} className={`${styles.page} ${narrow ? styles.narrow : ''}`}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {head}
      </header>
      {children}
    </main>
  )
}
