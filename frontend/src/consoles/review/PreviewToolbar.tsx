import { Kbd } from '@mantine/core'
import { useMessages } from '../../i18n/messages'
import styles from './CaseReview.module.css'
import { reviewMessages } from './messages'
import { SPEEDS } from './usePlaybackSpeed'
import type { ViewingPreferences } from './useViewingPreferences'

/** Below the preview: softer picture and sound, speed, and the list of shortcuts. */
export function PreviewToolbar({
  preferences,
  onToggle,
  speed,
  onSpeed,
  onHelp,
}: {
  preferences: ViewingPreferences
  onToggle: (name: keyof ViewingPreferences) => void
  speed: number
  onSpeed: (speed: number) => void
  onHelp: () => void
}) {
  const t = useMessages(reviewMessages)
  return (
    <fieldset className={styles.toolbar}>
      <legend className="unseen">{t('viewingPreferences')}</legend>
      {(['blur', 'grey', 'mute'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={preferences[name]}
          onClick={() => onToggle(name)}
        >
          {t(name)}
        </button>
      ))}
      <label>
        <span className="unseen">{t('speed')}</span>
        <select value={speed} onChange={(event) => onSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((value) => (
            <option key={value} value={value}>
              {value}×
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={onHelp}>
        <Kbd size="xs">?</Kbd> <span className="unseen">{t('keys')}</span>
      </button>
    </fieldset>
  )
}
