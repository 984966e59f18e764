import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import layout from './PageLayout.module.css'

/** A table that scrolls sideways where the screen is narrow, by keyboard too. */
export function ScrollableTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className={layout.scroll} aria-label={label} tabIndex={0}>
      <Table highlightOnHover verticalSpacing="xs" className={layout.table}>
        {children}
      </Table>
    </section>
  )
}
