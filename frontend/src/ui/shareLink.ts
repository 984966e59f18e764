/** Offers the phone's own share sheet, else copies the link. Resolves to what happened. */
export async function share(
  title: string,
  path: string,
): Promise<'shared' | 'copied' | 'failed' | 'dropped'> {
  const url = new URL(path, location.href).href
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    try {
      await navigator.share({ title, url })
      return 'shared'
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'dropped'
    }
  }
  try {
    await navigator.clipboard.writeText(url)
    return 'copied'
  } catch {
    return 'failed'
  }
}
