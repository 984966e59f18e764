/** The values of the design tokens, for code that must know a colour and not only name it. */
import css from '../../styles/tokens.css?raw'

/**
 * The value of `--name` in tokens.css with its references replaced; three channels are joined by
 * commas, the only form of `rgb()` that Mantine reads. Throws when there is no such token.
 */
export function token(name: string): string {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1]
  if (value === undefined) throw new Error(`tokens.css has no --${name}`)
  return value
    .replace(/var\(--([\w-]+)\)/g, (_, referenced: string) => token(referenced))
    .replace(/^rgb\((\d+) (\d+) (\d+)\)$/, 'rgb($1, $2, $3)')
}
