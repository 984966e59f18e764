import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../api/client'
import { useResetAllQueries } from '../api/me'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { showToast } from '../ui/Toast'
import styles from './Account.module.css'
import { accountMessages } from './messages'
import type { Act } from './useDeeds'

/** The end of an account, and what it means. */
export function DeleteAccount({ act, busy }: { act: Act; busy: boolean }) {
  const t = useMessages(accountMessages)
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const forget = useResetAllQueries()
  const remove = () =>
    void act(async () => {
      await client.DELETE('/api/v1/me/account')
      showToast(t('deleted'))
      await navigate({ to: '/' })
      await forget()
    }).catch(() => {})
  return (
    <section className={styles.group} aria-labelledby="delete">
      <h2 id="delete">{t('delete')}</h2>
      <p className={styles.text}>{t('deleteText')}</p>
      <ul className={styles.facts}>
        <li>{t('deleteGoes')}</li>
        <li>{t('deleteWorks')}</li>
        <li>{t('deleteStays')}</li>
      </ul>
      {asking ? (
        <fieldset className={styles.actions}>
          <legend>{t('deleteAsk')}</legend>
          <Button look="cinnabar" disabled={busy} onClick={remove}>
            {t('deleteConfirm')}
          </Button>
          <Button look="line" autoFocus onClick={() => setAsking(false)}>
            {t('deleteKeep')}
          </Button>
        </fieldset>
      ) : (
        <Button look="line" onClick={() => setAsking(true)}>
          {t('deleteStart')}
        </Button>
      )}
    </section>
  )
}
