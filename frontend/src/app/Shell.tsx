import { Link, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { setLanguage, useLanguage } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Spinner } from '../ui/Spinner'
import { appMessages } from './messages'
import styles from './Shell.module.css'

/**
 * What stands around the viewer's pages: the header with the brand, the four main links and the
 * language switch; at the foot on a phone, at the side on a wide screen.
 */
export function Shell() {
  const t = useMessages(appMessages)
  const language = useLanguage()
  return (
    <div className={styles.shell}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header className={styles.nav}>
        <Link to="/" className={styles.brand}>
          <span lang="zh-Hans">话本</span>
          <span className="unseen">{t('home')}</span>
        </Link>
        <nav aria-label={t('navigation')}>
          <Link to="/" activeOptions={{ exact: true }} aria-label={t('watchFull')}>
            {t('watch')}
          </Link>
          <Link to="/theatre" aria-label={t('findFull')}>
            {t('find')}
          </Link>
          <Link to="/studio" aria-label={t('makeFull')}>
            {t('make')}
          </Link>
          <Link to="/me" aria-label={t('meFull')}>
            {t('me')}
          </Link>
        </nav>
        <button
          type="button"
          className={styles.language}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {language === 'zh' ? 'EN' : '中'}
          <span className="unseen">{t('languageName')}</span>
        </button>
      </header>
      <div className={styles.content}>
        <Suspense fallback={<Spinner />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
