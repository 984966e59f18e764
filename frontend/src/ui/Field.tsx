import { type InputHTMLAttributes, type JSX, type TextareaHTMLAttributes, useId } from 'react'
import styles from './Field.module.css'

interface Said {
  label: string
  hint?: string
  error?: string
}

/** A labelled input with its hint and, where it was refused, why. */
export function Field({
  label,
  hint,
  error,
  ...input
}: InputHTMLAttributes<HTMLInputElement> & Said) {
  return <Labelled {...{ label, hint, error }}>{(tied) => <input {...input} {...tied} />}</Labelled>
}

/** A labelled text of several lines with its hint and, where it was refused, why. */
export function TextBox({
  label,
  hint,
  error,
  ...text
}: TextareaHTMLAttributes<HTMLTextAreaElement> & Said) {
  return (
    <Labelled {...{ label, hint, error }}>{(tied) => <textarea {...text} {...tied} />}</Labelled>
  )
}

interface Tied {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

function Labelled({
  label,
  hint,
  error,
  children,
}: Said & { children: (tied: Tied) => JSX.Element }) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
