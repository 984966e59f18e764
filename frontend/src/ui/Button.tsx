import type { ButtonHTMLAttributes } from 'react'
import styles from './Button.module.css'

export type ButtonLook = 'lamp' | 'line' | 'cinnabar' | 'quiet'

/** Class names of a button's look, for links that look like one. */
export function buttonClass(look: ButtonLook = 'lamp', wide = false): string {
  return [styles.button, styles[look], wide ? styles.wide : ''].filter(Boolean).join(' ')
}

export function Button({
  look = 'lamp',
  wide = false,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook; wide?: boolean }) {
  return (
    <button type="button" {...rest} className={`${buttonClass(look, wide)} ${className ?? ''}`} />
  )
}
