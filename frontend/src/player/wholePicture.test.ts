import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Where films play: feed, watching and premieres, and every preview. */
const STYLES = [
  'src/feed/FeedEpisode.module.css',
  'src/player/VideoLayout.module.css',
  'src/consoles/shared/PreviewPlayer.module.css',
]

test.each(STYLES)(
  'a film is shown whole in %s: mark, subtitles and number lie at its edges',
  (file) => {
    const fits = readFileSync(file, 'utf8').match(/object-fit:\s*[a-z-]+/g)
    expect(fits).toEqual(['object-fit: contain'])
  },
)
