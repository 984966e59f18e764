import { useEffect, useRef } from 'react'
import type { AiNotice, PlaythroughChoice } from '../api/types'
import { usePageKeys } from '../feed/useFeedKeys'
import { useMessages } from '../i18n/messages'
import { AiMark } from '../ui/AiMark'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Seal } from '../ui/Seal'
import { useDesk } from '../ui/useMedia'
import styles from './Choices.module.css'
import { watchMessages } from './messages'

interface ChoicesProps {
  choices: PlaythroughChoice[]
  /** What was chosen and not yet answered. */
  chosen: string | null
  /** The mark goes with the picture, whatever lies over it. */
  notice: AiNotice | null
  onChoose: (id: string) => void
  onAgain: () => void
}

/** The fork: the ways slide in from both sides, like puppets on their rods. No clock runs. */
export function Choices({ choices, chosen, notice, onChoose, onAgain }: ChoicesProps) {
  const t = useMessages(watchMessages)
  const desk = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  usePageKeys(
    Object.fromEntries(
      choices.slice(0, 9).map((choice, index) => [String(index + 1), () => onChoose(choice.id)]),
    ),
    chosen === null,
  )
  const chosenText = choices.find((choice) => choice.id === chosen)?.text

  return (
    <section className={styles.fork} aria-labelledby="fork">
      <AiMark notice={notice} />
      <h2 id="fork" ref={heading} tabIndex={-1}>
        {t('chooseTitle')}
      </h2>
      <ol>
        {choices.map((choice, index) => (
          <li key={choice.id}>
            <button
              type="button"
              className={styles.choice}
              data-chosen={chosen === choice.id || undefined}
              data-left={(chosen !== null && chosen !== choice.id) || undefined}
              disabled={chosen !== null}
              onClick={() => onChoose(choice.id)}
            >
              <Seal text={choice.seal || [...choice.text][0] || '选'} size={44} />
              <span className={styles.text}>{choice.text}</span>
              {desk && (
                <span className={styles.key} aria-hidden="true">
                  {index + 1}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      <p className={styles.foot} role="status">
        {chosenText ? (
          `${t('chosen', { text: chosenText })} · ${t('choosing')}`
        ) : desk ? (
          t('chooseHint', { n: choices.length })
        ) : (
          <span className="unseen">{t('chooseHint', { n: choices.length })}</span>
        )}
      </p>
      {!chosen && (
        <Button look="quiet" onClick={onAgain}>
          <Icon name="replay" size={18} />
          {t('again')}
        </Button>
      )}
    </section>
  )
}
