import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ReauthenticationNeeded, reauthenticate } from '../api/allauth'
import { Problem } from '../api/problem'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { SheetDialog } from '../ui/SheetDialog'
import styles from './Account.module.css'
import { accountMessages } from './messages'

export type Deed = () => Promise<unknown>
export type Act = (deed: Deed) => Promise<unknown>

const asksAgain = (error: unknown) =>
  error instanceof ReauthenticationNeeded ||
  (error instanceof Problem && error.code === 'reauthentication_needed')

/**
 * Changes of the account. One that the server wants the password for waits until it is given, and
 * goes on then. `sheet` is where it is asked for.
 */
export function useDeeds(): { act: Act; busy: boolean; error: Error | null; sheet: ReactNode } {
  const client = useQueryClient()
  const [waiting, setWaiting] = useState<Deed | null>(null)
  const mutation = useMutation({
    mutationFn: (deed: Deed) => deed(),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
    onError: (error, deed) => {
      if (asksAgain(error)) setWaiting(() => deed)
    },
  })
  return {
    act: mutation.mutateAsync,
    busy: mutation.isPending,
    error: asksAgain(mutation.error) ? null : mutation.error,
    sheet: waiting && (
      <PasswordSheet
        onClose={() => setWaiting(null)}
        onDone={() => {
          setWaiting(null)
          mutation.mutate(waiting)
        }}
      />
    ),
  }
}

function PasswordSheet({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useMessages(accountMessages)
  const give = useMutation({ mutationFn: reauthenticate, onSuccess: onDone })
  const problem = give.error instanceof Problem ? give.error : null
  return (
    <SheetDialog title={t('again')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          give.mutate(String(new FormData(event.currentTarget).get('password') ?? ''))
        }}
      >
        <p className={styles.text}>{t('againText')}</p>
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          error={problem?.detail || give.error?.message}
        />
        <Button type="submit" disabled={give.isPending}>
          {t('confirm')}
        </Button>
      </form>
    </SheetDialog>
  )
}
