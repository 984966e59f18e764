/**
 * The title face, after the first paint: 97 slices that the browser picks by the characters on the
 * page.
 */
export function loadTitleFont(): void {
  const load = () => void import('./titleFont')
  if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 600 })
  else setTimeout(load, 60)
}
