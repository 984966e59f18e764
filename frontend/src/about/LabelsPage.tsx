import { useMessages } from '../i18n/messages'
import { Page } from '../ui/Page'
import { SealBadge } from '../ui/SealBadge'
import styles from './About.module.css'
import { aboutMessages } from './messages'

const LABELS = [
  ['lab1', 'lab1Text', 'cinnabar'],
  ['lab2', 'lab2Text', 'hollow'],
  ['lab3', 'lab3Text', 'hollow'],
] as const

export function LabelsPage() {
  const t = useMessages(aboutMessages)
  return (
    <Page title={t('labTitle')} narrow>
      <p className={styles.intro}>{t('labIntro')}</p>
      <ul>
        {LABELS.map(([title, text, tone]) => (
          <li key={title} className={styles.label}>
            <SealBadge text="AI" tone={tone} size={48} />
            <div>
              <h2>{t(title)}</h2>
              <p>{t(text)}</p>
            </div>
          </li>
        ))}
      </ul>
      <section className={styles.part}>
        <h2>{t('labWhere')}</h2>
        <p>{t('labWhereText')}</p>
      </section>
      <section className={styles.part}>
        <h2>{t('labKeep')}</h2>
        <p>{t('labKeepText')}</p>
      </section>
      <section className={styles.label}>
        <SealBadge text="备" tone="jade" size={48} />
        <div>
          <h2>{t('filTitle')}</h2>
          <p>{t('filText')}</p>
        </div>
      </section>
    </Page>
  )
}
