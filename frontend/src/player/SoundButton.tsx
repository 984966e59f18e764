import { useMessages } from '../i18n/messages'
import { Icon } from '../ui/Icon'
import { playerMessages } from './messages'
import styles from './SoundButton.module.css'
import { setSound, useSound } from './sound'

/** Sound on or off; while the browser keeps films silent until a touch, it says so. */
export function SoundButton() {
  const t = useMessages(playerMessages)
  const { muted, waiting } = useSound()
  return (
    <button
      type="button"
      className={styles.sound}
      data-waiting={waiting || undefined}
      onClick={() => setSound(muted)}
    >
      <Icon name={muted ? 'mute' : 'sound'} size={22} />
      {waiting ? (
        t('tapForSound')
      ) : (
        <span className="unseen">{muted ? t('unmute') : t('mute')}</span>
      )}
    </button>
  )
}
