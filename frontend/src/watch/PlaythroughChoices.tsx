import type { AiNotice, PlaythroughChoice } from '../api/types'
import { useMessages } from '../i18n/messages'
import { ChoiceOverlay } from '../player/ChoiceOverlay'
import styles from '../player/ChoiceOverlay.module.css'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { useWideScreen } from '../ui/useMediaQuery'
import { watchMessages } from './messages'

interface PlaythroughChoicesProps {
  choices: PlaythroughChoice[]
  /** What was chosen and not yet answered. */
  chosen: string | null
  notice: AiNotice | null
  onChoose: (id: string) => void
  onAgain: () => void
}

/** The choices at the end of an episode of a play-through, without a time limit. */
export function PlaythroughChoices({
  choices,
  chosen,
  notice,
  onChoose,
  onAgain,
}: PlaythroughChoicesProps) {
  const t = useMessages(watchMessages)
  const wide = useWideScreen()
  const chosenText = choices.find((choice) => choice.id === chosen)?.text
  return (
    <ChoiceOverlay
      title={t('chooseTitle')}
      choices={choices}
      chosen={chosen}
      settled={chosen !== null}
      notice={notice}
      onChoose={onChoose}
    >
      <p className={styles.foot} role="status">
        {chosenText ? (
          `${t('chosen', { text: chosenText })} · ${t('choosing')}`
        ) : wide ? (
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
    </ChoiceOverlay>
  )
}
