import { Link } from '@tanstack/react-router'
import { useMe } from '../api/me'
import { useMessages } from '../i18n/messages'
import { buttonClass } from '../ui/Button'
import { Page } from '../ui/Page'
import styles from './About.module.css'
import { aboutMessages } from './messages'

const PARTS = [
  ['recWatched', 'recWatchedText'],
  ['recWork', 'recWorkText'],
  ['recMix', 'recMixText'],
  ['recNot', 'recNotText'],
  ['recRights', 'recRightsText'],
] as const

export function RecommendationPage() {
  const t = useMessages(aboutMessages)
  const simulated = useMe()?.simulated_audience
  return (
    <Page title={t('recTitle')} narrow>
      <p className={styles.intro}>{t('recIntro')}</p>
      {PARTS.map(([title, text]) => (
        <section key={title} className={styles.part}>
          <h2>{t(title)}</h2>
          <p>{t(text)}</p>
        </section>
      ))}
      {simulated && <p className={styles.simulated}>{t('recSimulated')}</p>}
      <Link to="/me/settings" className={buttonClass('line')}>
        {t('recSettings')}
      </Link>
    </Page>
  )
}
