/**
 * Design tokens as Mantine reads them: paper for the consoles, ink for the studio. Palettes hold
 * values, not `var()`: Mantine measures them to choose a text colour that can be read on them.
 */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { token } from './tokens'

const cinnabar: MantineColorsTuple = [
  token('cinnabar-960'),
  token('cinnabar-910'),
  token('cinnabar-823'),
  token('cinnabar-736'),
  token('cinnabar-663'),
  token('cinnabar-601'),
  token('cinnabar-532'),
  token('cinnabar-486'),
  token('cinnabar-429'),
  token('cinnabar-365'),
]
const jade: MantineColorsTuple = [
  token('jade-955'),
  token('jade-908'),
  token('jade-816'),
  token('jade-721'),
  token('jade-640'),
  token('jade'),
  token('jade-497'),
  token('jade-442'),
  token('jade-378'),
  token('jade-312'),
]
const lamp: MantineColorsTuple = [
  token('paper-970'),
  token('paper-932'),
  token('lamp-soft'),
  token('lamp-809'),
  token('lamp-784'),
  token('lamp'),
  token('lamp'),
  token('lamp-soft'),
  token('lamp-587'),
  token('umber-471'),
]

/** Mantine's own greys on the dark side, in the colour of ink: 0 is text, 9 the deepest. */
const dark: MantineColorsTuple = [
  token('paper'),
  token('umber-815'),
  token('umber-681'),
  token('umber-592'),
  token('umber-472'),
  token('ink-line'),
  token('ink-157'),
  token('ink-raised'),
  token('ink'),
  token('ink-137'),
]
const gray: MantineColorsTuple = [
  token('paper-965'),
  token('paper'),
  token('paper-906'),
  token('paper-line'),
  token('umber-732'),
  token('umber-601'),
  token('umber-518'),
  token('umber-444'),
  token('umber-325'),
  token('ink-225'),
]

export const theme = createTheme({
  colors: { cinnabar, jade, lamp, dark, gray },
  primaryColor: 'lamp',
  primaryShade: 6,
  autoContrast: true,
  luminanceThreshold: 0.35,
  black: token('ink-225'),
  white: token('paper-986'),
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
