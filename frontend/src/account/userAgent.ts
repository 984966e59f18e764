/** What people call a browser and its machine, from its user agent: “Firefox, Linux”. */
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信 WeChat'],
  [/EdgA?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const MACHINES: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** Empty when neither is known. */
export function nameOfDevice(userAgent: string): string {
  const first = (names: [RegExp, string][]) => names.find(([mark]) => mark.test(userAgent))?.[1]
  return [first(BROWSERS), first(MACHINES)].filter(Boolean).join(', ')
}
