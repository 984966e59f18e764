/** The house's tokens as Mantine reads them: paper for the desks, ink for the studio. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const cinnabar: MantineColorsTuple = [
  'var(--cinnabar-960)',
  'var(--cinnabar-910)',
  'var(--cinnabar-823)',
  'var(--cinnabar-736)',
  'var(--cinnabar-663)',
  'var(--cinnabar-601)',
  'var(--cinnabar-532)',
  'var(--cinnabar-486)',
  'var(--cinnabar-429)',
  'var(--cinnabar-365)',
]
const jade: MantineColorsTuple = [
  'var(--jade-955)',
  'var(--jade-908)',
  'var(--jade-816)',
  'var(--jade-721)',
  'var(--jade-640)',
  'var(--jade)',
  'var(--jade-497)',
  'var(--jade-442)',
  'var(--jade-378)',
  'var(--jade-312)',
]
const lamp: MantineColorsTuple = [
  'var(--paper-970)',
  'var(--paper-932)',
  'var(--lamp-soft)',
  'var(--lamp-809)',
  'var(--lamp-784)',
  'var(--lamp)',
  'var(--lamp)',
  'var(--lamp-soft)',
  'var(--lamp-587)',
  'var(--umber-471)',
]

/** Mantine's own greys on the dark side, in the colour of ink: 0 is text, 9 the deepest. */
const dark: MantineColorsTuple = [
  'var(--paper)',
  'var(--umber-815)',
  'var(--umber-681)',
  'var(--umber-592)',
  'var(--umber-472)',
  'var(--ink-line)',
  'var(--ink-157)',
  'var(--ink-raised)',
  'var(--ink)',
  'var(--ink-137)',
]
const gray: MantineColorsTuple = [
  'var(--paper-965)',
  'var(--paper)',
  'var(--paper-906)',
  'var(--paper-line)',
  'var(--umber-732)',
  'var(--umber-601)',
  'var(--umber-518)',
  'var(--umber-444)',
  'var(--umber-325)',
  'var(--ink-225)',
]

export const theme = createTheme({
  colors: { cinnabar, jade, lamp, dark, gray },
  primaryColor: 'lamp',
  primaryShade: 6,
  autoContrast: true,
  luminanceThreshold: 0.35,
  black: 'var(--ink-225)',
  white: 'var(--paper-986)',
  fontFamily: 'var(--sans)',
  headings: { fontFamily: 'var(--face)', fontWeight: '400' },
  fontSizes: { xs: '13px', sm: '15px', md: '16px', lg: '18px', xl: '20px' },
  defaultRadius: '6px',
  cursorType: 'pointer',
})

const paper = {
  '--mantine-color-body': 'var(--paper-954)',
  '--mantine-color-text': 'var(--on-paper)',
  '--mantine-color-dimmed': 'var(--on-paper-2)',
  '--mantine-color-placeholder': 'var(--umber-518)',
  '--mantine-color-default': 'var(--paper-986)',
  '--mantine-color-default-hover': 'var(--paper-945)',
  '--mantine-color-default-color': 'var(--on-paper)',
  '--mantine-color-default-border': 'var(--umber-732)',
  '--mantine-color-error': 'var(--cinnabar-486)',
  '--mantine-color-anchor': 'var(--cinnabar-401)',
  '--mantine-color-disabled': 'var(--paper-906)',
  '--mantine-color-disabled-color': 'var(--umber-518)',
  '--mantine-color-disabled-border': 'var(--paper-line)',
}
const ink = {
  '--mantine-color-body': 'var(--ink)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--umber-681)',
  '--mantine-color-default': 'var(--ink-157)',
  '--mantine-color-default-hover': 'var(--ink-high)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--umber-472)',
  '--mantine-color-error': 'var(--cinnabar-text)',
  '--mantine-color-anchor': 'var(--lamp-soft)',
  '--mantine-color-disabled': 'var(--ink-high)',
  '--mantine-color-disabled-color': 'var(--umber-681)',
  '--mantine-color-disabled-border': 'var(--ink-line)',
}

/** `light` is paper, `dark` is ink. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: paper,
  dark: ink,
})
