import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { renderSVG } from 'uqr'
import {
  type Authenticator,
  addPasskey,
  confirmTotp,
  listAuthenticators,
  passkeysSupported,
  recoveryCodes,
  removePasskey,
  removeTotp,
  startTotp,
} from '../api/allauth'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import { meMessages } from '../me/messages'
import { Button } from '../ui/Button'
import { ErrorState } from '../ui/ErrorState'
import { Field } from '../ui/Field'
import { Spinner } from '../ui/Spinner'
import styles from './Account.module.css'
import type { Act, Deed } from './useDeeds'

/** Second factors and passkeys. */
export function Factors({ act, busy }: { act: Act; busy: boolean }) {
  const factors = useQuery({ queryKey: ['account', 'factors'], queryFn: listAuthenticators })
  if (factors.isPending) return <Spinner />
  if (factors.isError)
    return <ErrorState error={factors.error} level={2} onRetry={() => void factors.refetch()} />
  return (
    <>
      <Totp on={factors.data.some(({ type }) => type === 'totp')} act={act} busy={busy} />
      <Passkeys
        passkeys={factors.data.filter(({ type }) => type === 'webauthn')}
        act={act}
        busy={busy}
      />
    </>
  )
}

interface PartProps {
  act: Act
  busy: boolean
}

function Totp({ on, act, busy }: PartProps & { on: boolean }) {
  const t = useMessages(meMessages)
  const [secret, setSecret] = useState<{ secret: string; url: string } | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const run = (deed: Deed) => void act(deed).catch(() => {})
  const confirm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '').replace(/\s/g, '')
    run(async () => {
      await confirmTotp(code)
      setSecret(null)
      setCodes(await recoveryCodes())
    })
  }
  return (
    <section className={styles.group} aria-labelledby="totp">
      <h2 id="totp">
        {t('totp')}{' '}
        <span className={on ? styles.on : styles.off}>{t(on ? 'totpOn' : 'totpOff')}</span>
      </h2>
      <p className={styles.text}>{t('totpText')}</p>
      {!on && !secret && (
        <Button
          look="line"
          disabled={busy}
          onClick={() => run(async () => setSecret(await startTotp()))}
        >
          {t('totpStart')}
        </Button>
      )}
      {secret && !on && (
        <form className={styles.setup} onSubmit={confirm}>
          <p>{t('totpScan')}</p>
          <div
            className={styles.picture}
            role="img"
            aria-label={t('totpPicture')}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn here, no foreign markup.
            dangerouslySetInnerHTML={{ __html: renderSVG(secret.url, { border: 2 }) }}
          />
          <code className={styles.secret}>{secret.secret.replace(/(.{4})/g, '$1 ')}</code>
          <Field
            label={t('totpCode')}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
          />
          <Button type="submit" disabled={busy}>
            {t('totpConfirm')}
          </Button>
        </form>
      )}
      {on && (
        <div className={styles.actions}>
          {!codes && (
            <Button
              look="line"
              disabled={busy}
              onClick={() => run(async () => setCodes(await recoveryCodes()))}
            >
              {t('recoveryShow')}
            </Button>
          )}
          <Button
            look="quiet"
            disabled={busy}
            onClick={() =>
              run(async () => {
                await removeTotp()
                setCodes(null)
              })
            }
          >
            {t('totpRemove')}
          </Button>
        </div>
      )}
      {on && codes && (
        <div className={styles.codes}>
          <h3>{t('recovery')}</h3>
          <p className={styles.text}>{t('recoveryText')}</p>
          <ul>
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Passkeys({ passkeys, act, busy }: PartProps & { passkeys: Authenticator[] }) {
  const t = useMessages(meMessages)
  const format = useFormat()
  const run = (deed: Deed) => void act(deed).catch(() => {})
  return (
    <section className={styles.group} aria-labelledby="passkeys">
      <h2 id="passkeys">{t('passkeys')}</h2>
      <p className={styles.text}>{t('passkeysText')}</p>
      {passkeys.length === 0 && <p>{t('passkeysNone')}</p>}
      <ul>
        {passkeys.map((passkey) => {
          const name = passkey.name ?? t('passkeyName')
          const added = new Date(passkey.created_at * 1000).toISOString()
          return (
            <li key={passkey.id} className={styles.passkey}>
              {t('passkeyLine', { name, date: format.date(added) })}
              <Button
                look="quiet"
                disabled={busy}
                aria-label={t('passkeyRemove', { name })}
                onClick={() => run(() => removePasskey(Number(passkey.id)))}
              >
                {t('yes')}
              </Button>
            </li>
          )
        })}
      </ul>
      {passkeysSupported() ? (
        <Button look="line" disabled={busy} onClick={() => run(() => addPasskey(t('passkeyName')))}>
          {t('passkeyAdd')}
        </Button>
      ) : (
        <p>{t('passkeysUnsupported')}</p>
      )}
    </section>
  )
}
