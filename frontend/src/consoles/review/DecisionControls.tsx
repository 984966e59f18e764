/** Shared by the decision panels of cases and speech: buttons with a shortcut, the form frame. */
import { Button } from '@mantine/core'
import type { ComponentProps, FormHTMLAttributes, ReactNode } from 'react'
import { useMessages } from '../../i18n/messages'
import { consoleMessages } from '../shared/messages'
import styles from './DecisionPanel.module.css'

export function DecisionButton({
  shortcut,
  ...button
}: ComponentProps<typeof Button<'button'>> & { shortcut: string }) {
  return (
    <Button
      size="md"
      justify="space-between"
      rightSection={<kbd className={styles.key}>{shortcut}</kbd>}
      {...button}
    />
  )
}

/** The form of a decision: its fields as `children`, then a submit and a cancel button. */
export function DecisionForm({
  submitLabel,
  color,
  isSubmitting,
  disabled,
  onSubmit,
  onCancel,
  children,
  ...form
}: Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit'> & {
  submitLabel: string
  color?: string
  isSubmitting: boolean
  disabled?: boolean
  onSubmit: () => void
  onCancel: () => void
  children: ReactNode
}) {
  const c = useMessages(consoleMessages)
  return (
    <form
      {...form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      <div className={styles.actions}>
        <Button type="submit" color={color} loading={isSubmitting} disabled={disabled}>
          {submitLabel}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {c('cancel')}
        </Button>
      </div>
    </form>
  )
}
