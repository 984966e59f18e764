/** How long until a case is due, coarse enough to be read at a glance: m:ss below an hour, h:mm below a day, then days. */
export function leftWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const two = (n: number) => String(n).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${two(Math.floor((Math.abs(ms) % 60_000) / 1000))}`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours}h${two(minutes % 60)}`
  return `${Math.floor(hours / 24)}d${hours % 24}h`
}
