import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SeriesCard } from '../api/types'
import styles from './Poster.module.css'

/**
 * A play as a thread-bound book: its picture, the title slip 题签 pasted on, the stitching at the
 * spine.
 */
export function Poster({
  series,
  note,
  progress,
  corner,
}: {
  series: SeriesCard
  note?: ReactNode
  /** Share already seen, 0 to 1. */
  progress?: number
  corner?: ReactNode
}) {
  return (
    <Link to="/series/$seriesId" params={{ seriesId: series.id }} className={styles.book}>
      <span className={styles.cover}>
        {series.poster_url && (
          <img src={series.poster_url} alt="" loading="lazy" decoding="async" />
        )}
        <span className={styles.slip}>
          <span>{series.title}</span>
        </span>
        {corner && <span className={styles.corner}>{corner}</span>}
        {progress !== undefined && (
          <span className={styles.progress}>
            <span style={{ transform: `scaleX(${progress})` }} />
          </span>
        )}
      </span>
      {note && <span className={styles.note}>{note}</span>}
    </Link>
  )
}

export function PosterGrid({ children }: { children: ReactNode }) {
  return <ul className={styles.grid}>{children}</ul>
}

/** One shelf: a row that scrolls sideways. */
export function Shelf({
  title,
  note,
  children,
}: {
  title: ReactNode
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.shelf}>
      <h2>{title}</h2>
      {note && <p className={styles.shelfNote}>{note}</p>}
      <ul className={styles.row}>{children}</ul>
    </section>
  )
}
