import 'lxgw-wenkai-webfont/lxgwwenkai-regular.css'

const SIDE = 24

/** How the system's own sans draws a character, as pixels. */
function drawn(character: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return character
  pen.font = `${SIDE - 4}px sans-serif`
  pen.textBaseline = 'top'
  pen.fillText(character, 0, 0)
  return pen.getImageData(0, 0, SIDE, SIDE).data.join()
}

// A fresh Debian has no Chinese face at all and draws each character as the same empty box: the
// title face steps in for the body text. Where there is any Chinese face, nothing changes and
// nothing more is fetched.
if (drawn('话') === drawn('本')) {
  const root = document.documentElement
  const sans = getComputedStyle(root).getPropertyValue('--sans')
  root.style.setProperty('--sans', `${sans}, "LXGW WenKai"`)
}
