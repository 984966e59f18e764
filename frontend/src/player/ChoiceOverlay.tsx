import { type ReactNode, useEffect, useRef } from 'react'
import type { AiNotice, PlaythroughChoice } from '../api/types'
import { AiLabel } from '../ui/ContentLabels'
import { SealBadge } from '../ui/SealBadge'
import { useWideScreen } from '../ui/useMediaQuery'
import { usePageKeys } from '../ui/usePageKeys'
import styles from './ChoiceOverlay.module.css'

interface ChoiceOverlayProps<Way extends PlaythroughChoice> {
  title: string
  choices: Way[]
  /** The one that is taken, or that one wants. */
  chosen: string | null
  /** Nothing can be chosen any more: the others slide away. */
  settled: boolean
  /**
   * Each way may be taken back for another: they are switches, and no keys that are pressed once.
   */
  revocable?: boolean
  /** The mark goes with the picture, whatever lies over it. */
  notice: AiNotice | null
  onChoose: (id: string) => void
  /** What stands above the question. */
  above?: ReactNode
  /** What stands below the words of a way. */
  below?: (choice: Way) => ReactNode
  children: ReactNode
}

/** The choices over the picture, which slide in from both sides. Keys 1 to 9 choose. */
export function ChoiceOverlay<Way extends PlaythroughChoice>(props: ChoiceOverlayProps<Way>) {
  const { title, choices, chosen, settled, revocable, notice, onChoose, above, below, children } =
    props
  const wide = useWideScreen()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  usePageKeys(
    Object.fromEntries(
      choices.slice(0, 9).map((choice, index) => [String(index + 1), () => onChoose(choice.id)]),
    ),
    !settled,
  )
  return (
    <section className={styles.fork} aria-labelledby="fork">
      <AiLabel notice={notice} />
      {above}
      <h2 id="fork" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <ol>
        {choices.map((choice, index) => (
          <li key={choice.id}>
            <button
              type="button"
              className={styles.choice}
              data-chosen={chosen === choice.id || undefined}
              data-left={(settled && chosen !== choice.id) || undefined}
              aria-pressed={revocable ? chosen === choice.id : undefined}
              disabled={settled}
              onClick={() => onChoose(choice.id)}
            >
              <SealBadge text={choice.seal || [...choice.text][0] || '选'} size={44} />
              <span className={styles.text}>
                {choice.text}
                {below?.(choice)}
              </span>
              {wide && (
                <span className={styles.key} aria-hidden="true">
                  {index + 1}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      {children}
    </section>
  )
}
