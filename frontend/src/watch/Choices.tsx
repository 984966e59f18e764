import type { AiNotice, PlaythroughChoice } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { useDesk } from '../ui/useMedia'
import styles from './Choices.module.css'
import { Fork } from './Fork'
import { watchMessages } from './messages'

interface ChoicesProps {
  choices: PlaythroughChoice[]
  /** What was chosen and not yet answered. */
  chosen: string | null
  notice: AiNotice | null
  onChoose: (id: string) => void
  onAgain: () => void
}

/** One's own fork. No clock runs. */
export function Choices({ choices, chosen, notice, onChoose, onAgain }: ChoicesProps) {
  const t = useMessages(watchMessages)
  const desk = useDesk()
  const chosenText = choices.find((choice) => choice.id === chosen)?.text
  return (
    <Fork
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
    </Fork>
  )
}
