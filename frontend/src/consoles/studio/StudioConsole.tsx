export function StudioConsole() {
  return null
}
