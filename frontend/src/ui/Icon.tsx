/**
 * The app's own line drawings, 24 × 24, one stroke width. They carry no name: the button that holds
 * one does.
 */
const PATHS = {
  bookmark: 'M6.5 3.5h11v17L12 16.2 6.5 20.5z',
  plus: 'M12 5.5v13M5.5 12h13',
  check: 'M5 12.8l4.4 4.4L19 7.2',
  share: 'M12 14.5V3.8M8 7.4l4-3.9 4 3.9M5 12v7.5h14V12',
  list: 'M4.5 6.5h15M4.5 12h15M4.5 17.5h9',
  less: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4zM6.3 6.3l11.4 11.4',
  sound: 'M4 9.5v5h3.6l4.9 4V5.500l-4.9 4zM16 9a4.300 4.300 0 0 1 0 6M18.700 6.500a8 8 0 0 1 0 11',
  mute: 'M4 9.5v5h3.6l4.900 4v-13l-4.9 4zM16.500 9.500l5 5M21.500 9.500l-5 5',
  play: 'M7.500 4.800v14.400L19 12z',
  pause: 'M8 5v14M16 5v14',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.300 15.300L20.500 20.500',
  back: 'M14.500 5L7.500 12l7 7',
  forward: 'M9.500 5l7 7-7 7',
  replay: 'M5 12a7 7 0 1 0 2.300-5.200M5 4.500v4h4',
  lock: 'M6 10.500h12v9H6zM8.500 10.500V8a3.500 3.500 0 0 1 7 0v2.500',
  why: 'M9 9.200a3 3 0 1 1 4.200 2.800c-.900.400-1.200 1-1.200 2M12 17.400v.100M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17z',
  expand: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
  comment: 'M4.500 5h15v11h-8l-4.500 4v-4H4.500z',
  slips: 'M4 6.500h9M16 6.500h4M4 12h3.500M10.500 12H20M4 17.500h11M18 17.500h2',
  send: 'M4.500 12L20 4.500 14.500 20l-3-6.500z',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  fork: 'M6 4v5a5 5 0 0 0 5 5h1M6 20V9M12 14h1a5 5 0 0 0 5-5V5M15 7.500L18 4.500l3 3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({
  name,
  size = 24,
  solid = false,
}: {
  name: IconName
  size?: number
  solid?: boolean
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={solid ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
