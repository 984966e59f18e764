import { Link } from '@tanstack/react-router'
import type { PremiereState } from '../api/types'
import { langOf, useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { buttonClass } from '../ui/Button'
import { EpisodePath } from './EpisodePath'
import { premiereMessages } from './messages'
import styles from './PremiereEnd.module.css'

/** The end: 且听下回分解 and the way that was taken; or why it ended before. */
export function PremiereEnd({ state }: { state: PremiereState }) {
  const t = useMessages(premiereMessages)
  const localized = useLocalizedText()
  const { series } = state
  return (
    <main id="content" className={styles.page}>
      {series?.poster_url && (
        <div
          className={styles.ambient}
          style={{ backgroundImage: `url("${series.poster_url}")` }}
        />
      )}
      <section className={styles.card} aria-labelledby="end" role="status">
        {series && (
          <p className={styles.title} lang={langOf(series.language)}>
            {series.title}
          </p>
        )}
        <h1 id="end">{state.finished ? t('end') : localized(state.ending)}</h1>
        {state.turns.length > 0 && (
          <>
            <h2>{t('pathTaken')}</h2>
            <EpisodePath turns={state.turns} />
          </>
        )}
        <div className={styles.actions}>
          {series ? (
            <>
              <Link
                to="/watch/$seriesId/{-$episodeId}"
                params={{ seriesId: series.id, episodeId: undefined }}
                className={buttonClass('lamp')}
              >
                {t('watchSeries')}
              </Link>
              <Link
                to="/series/$seriesId"
                params={{ seriesId: series.id }}
                className={buttonClass('line')}
              >
                {t('toSeries')}
              </Link>
            </>
          ) : (
            <TheatreLink />
          )}
        </div>
      </section>
    </main>
  )
}

export function TheatreLink() {
  const t = useMessages(premiereMessages)
  return (
    <Link to="/theatre" className={buttonClass()}>
      {t('toTheatre')}
    </Link>
  )
}
