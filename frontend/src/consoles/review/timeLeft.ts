/** Time until a case is due: m:ss below an hour, h:mm below a day, then days. */
export function formatTimeLeft(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const pad = (n: number) => String(n).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${pad(Math.floor((Math.abs(ms) % 60_000) / 1000))}`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours}h${pad(minutes % 60)}`
  return `${Math.floor(hours / 24)}d${hours % 24}h`
}
