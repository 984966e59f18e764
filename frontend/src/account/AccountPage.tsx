import { Link } from '@tanstack/react-router'
import { useMe } from '../api/me'
import { useMessages } from '../i18n/messages'
import { buttonClass } from '../ui/Button'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import styles from './Account.module.css'
import { DeleteAccount } from './DeleteAccount'
import { EmailSetting } from './EmailSetting'
import { ExportData } from './ExportData'
import { Factors } from './Factors'
import { accountMessages } from './messages'
import { PasswordSetting } from './PasswordSetting'
import { Sessions } from './Sessions'
import { useDeeds } from './useDeeds'

/** One's account: what signs in, where it is signed in, one's data, and its end. */
export function AccountPage() {
  const t = useMessages(accountMessages)
  const me = useMe()
  const { act, busy, error, sheet } = useDeeds()
  if (!me) {
    return (
      <Page title={t('title')} narrow>
        <Spinner />
      </Page>
    )
  }
  if (!me.user) {
    return (
      <Page title={t('title')} narrow>
        <p className={styles.text}>{t('needAccount')}</p>
        <p>
          <Link to="/sign-in" search={{ next: '/account' }} className={buttonClass()}>
            {t('signIn')}
          </Link>
        </p>
      </Page>
    )
  }
  const { display_name: name, handle, email } = me.user
  return (
    <Page title={t('title')} narrow>
      {error && (
        <p className={styles.wrong} role="alert">
          {error.message}
        </p>
      )}
      <section className={styles.group} aria-labelledby="profile">
        <h2 id="profile">{t('profile')}</h2>
        <p className={styles.line}>{t('profileLine', { name, handle })}</p>
        <Link to="/me/settings" className={styles.link}>
          {t('profileEdit')}
        </Link>
      </section>
      <EmailSetting email={email} act={act} busy={busy} />
      <PasswordSetting email={email} />
      <Factors act={act} busy={busy} />
      <Sessions act={act} busy={busy} />
      <ExportData />
      <DeleteAccount act={act} busy={busy} />
      {sheet}
    </Page>
  )
}
