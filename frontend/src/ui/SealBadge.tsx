import styles from './SealBadge.module.css'

export type SealTone = 'cinnabar' | 'jade' | 'hollow'

/**
 * 印章: the mark of what is certain. `hollow` is for what is only supposed. One or two characters,
 * or “AI”.
 */
export function SealBadge({
  text,
  tone = 'cinnabar',
  size = 26,
}: {
  text: string
  tone?: SealTone
  size?: number
}) {
  const fontSize = text.length > 1 ? size * 0.46 : size * 0.62
  return (
    <span
      className={`${styles.seal} ${styles[tone]}`}
      style={{ width: size, height: size, fontSize }}
      aria-hidden="true"
    >
      {text}
    </span>
  )
}
