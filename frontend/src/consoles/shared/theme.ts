/** The house's tokens as Mantine reads them: paper for the desks, ink for the studio. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const cinnabar: MantineColorsTuple = [
  '#fdeeea',
  '#f9d9d1',
  '#f2b4a5',
  '#ea8d77',
  '#df6c51',
  '#d0523a',
  '#b93a25',
  '#a43220',
  '#8b2818',
  '#6f1e11',
]
const jade: MantineColorsTuple = [
  '#e8f3ef',
  '#d2e6de',
  '#a6cdbf',
  '#7ab39f',
  '#569c85',
  '#3f7f6b',
  '#356f5d',
  '#2b5e4e',
  '#214b3e',
  '#17382e',
]
const lamp: MantineColorsTuple = [
  '#fdf4e3',
  '#fae6c4',
  '#f2c377',
  '#efb55a',
  '#ebab48',
  '#e8a33d',
  '#e8a33d',
  '#f2c377',
  '#a5701c',
  '#7a520f',
]

/** Mantine's own greys on the dark side, in the colour of ink: 0 is text, 9 the deepest. */
const dark: MantineColorsTuple = [
  '#f3e9d2',
  '#cfc1a3',
  '#a5977c',
  '#8a7c63',
  '#6a5840',
  '#43372a',
  '#0f0c08',
  '#1e1812',
  '#15110d',
  '#0b0805',
]
const gray: MantineColorsTuple = [
  '#fbf3df',
  '#f3e9d2',
  '#ebdfc2',
  '#d8c8a3',
  '#b9a67f',
  '#8f7e5f',
  '#75664f',
  '#5f5140',
  '#3d3226',
  '#221a11',
]

export const theme = createTheme({
  colors: { cinnabar, jade, lamp, dark, gray },
  primaryColor: 'lamp',
  primaryShade: 6,
  autoContrast: true,
  luminanceThreshold: 0.35,
  black: '#221a11',
  white: '#fffaf0',
  fontFamily: 'var(--sans)',
  headings: { fontFamily: 'var(--face)', fontWeight: '400' },
  fontSizes: { xs: '13px', sm: '15px', md: '16px', lg: '18px', xl: '20px' },
  defaultRadius: '6px',
  cursorType: 'pointer',
})

const paper = {
  '--mantine-color-body': '#f8efda',
  '--mantine-color-text': 'var(--on-paper)',
  '--mantine-color-dimmed': 'var(--on-paper-2)',
  '--mantine-color-placeholder': '#75664f',
  '--mantine-color-default': '#fffaf0',
  '--mantine-color-default-hover': '#f7ecd2',
  '--mantine-color-default-color': 'var(--on-paper)',
  '--mantine-color-default-border': '#b9a67f',
  '--mantine-color-error': '#a43220',
  '--mantine-color-anchor': '#7a2a17',
  '--mantine-color-disabled': '#ebdfc2',
  '--mantine-color-disabled-color': '#75664f',
  '--mantine-color-disabled-border': '#d8c8a3',
}
const ink = {
  '--mantine-color-body': 'var(--ink)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': '#a5977c',
  '--mantine-color-default': '#0f0c08',
  '--mantine-color-default-hover': 'var(--ink-high)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': '#6a5840',
  '--mantine-color-error': 'var(--cinnabar-text)',
  '--mantine-color-anchor': 'var(--lamp-soft)',
  '--mantine-color-disabled': '#2b2219',
  '--mantine-color-disabled-color': '#a5977c',
  '--mantine-color-disabled-border': '#43372a',
}

/** `light` is paper, `dark` is ink. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: paper,
  dark: ink,
})
