import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Icon } from '../ui/Icon'
import styles from './Credits.module.css'
import { cocreationMessages } from './messages'
import { creditsQuery } from './queries'

/** Below a series' title: its credits, and links to the writing rooms of those who write in it. */
export function Credits({ seriesId }: { seriesId: string }) {
  const t = useMessages(cocreationMessages)
  const localized = useLocalizedText()
  const { data } = useQuery(creditsQuery(seriesId))
  if (!data || (data.credits.length === 0 && !data.writes)) return null
  return (
    <p className={styles.credits}>
      {data.credits.map((credit) => (
        <span key={credit.part}>
          {t('credit', {
            part: localized(credit.label),
            names: credit.people.map((person) => person.display_name).join(t('and')),
          })}
        </span>
      ))}
      {data.writes && (
        <Link to="/studio/writing/$seriesId" params={{ seriesId }}>
          <Icon name="list" size={18} />
          {t('write')}
        </Link>
      )}
    </p>
  )
}
