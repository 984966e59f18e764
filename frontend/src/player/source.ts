/**
 * Brings an HLS stream to a video element: by the browser's own player where it has one, else by
 * hls.js (light), which is fetched once, after the first paint. The light build has no separate
 * audio tracks: the platform muxes them.
 */
import type Hls from 'hls.js'

export interface Source {
  /** `preview` loads the manifest and the first segments; `full` buffers ahead while it plays. */
  setBufferMode(bufferMode: BufferMode): void
  detach(): void
}
export type BufferMode = 'preview' | 'full'

export interface SourceOptions {
  url: string
  startMs: number
  bufferMode: BufferMode
  /** Called once, when the stream cannot go on. `status` is the HTTP status where one is known. */
  onFatal: (status: number | null) => void
}

const PREVIEW_BUFFER_SECONDS = 2
const FULL_BUFFER_SECONDS = 24

let hlsModule: Promise<typeof import('hls.js/light')> | null = null

export function playsHlsItself(video: HTMLVideoElement): boolean {
  return video.canPlayType('application/vnd.apple.mpegurl') !== ''
}

/** Fetches hls.js while nothing else is going on, so that the first film does not wait for it. */
export function loadHls(): Promise<typeof import('hls.js/light')> {
  hlsModule ??= import('hls.js/light')
  return hlsModule
}

export function attachSource(video: HTMLVideoElement, options: SourceOptions): Source {
  return playsHlsItself(video) ? attachNative(video, options) : attachHls(video, options)
}

function attachNative(video: HTMLVideoElement, options: SourceOptions): Source {
  const failed = () => options.onFatal(null)
  const start = () => {
    if (options.startMs > 0) video.currentTime = options.startMs / 1000
  }
  video.preload = 'auto'
  video.addEventListener('error', failed)
  video.addEventListener('loadedmetadata', start, { once: true })
  video.src = options.url
  return {
    setBufferMode() {
      // The browser decides for itself how far ahead it reads.
    },
    detach() {
      video.removeEventListener('error', failed)
      video.removeEventListener('loadedmetadata', start)
      video.removeAttribute('src')
      video.load()
    },
  }
}

function attachHls(video: HTMLVideoElement, options: SourceOptions): Source {
  let hls: Hls | null = null
  let detached = false
  let bufferMode = options.bufferMode
  const seconds = () => (bufferMode === 'full' ? FULL_BUFFER_SECONDS : PREVIEW_BUFFER_SECONDS)

  void loadHls()
    .then(({ default: HlsLight, Events, ErrorTypes }) => {
      if (detached) return
      if (!HlsLight.isSupported()) {
        options.onFatal(null)
        return
      }
      const player: Hls = new HlsLight({
        startPosition: options.startMs > 0 ? options.startMs / 1000 : -1,
        maxBufferLength: seconds(),
        maxMaxBufferLength: FULL_BUFFER_SECONDS * 2,
        backBufferLength: 30,
        // fMP4 needs no remuxing, and the content policy allows no worker from a blob.
        enableWorker: false,
        capLevelToPlayerSize: true,
      })
      hls = player
      let mediaErrors = 0
      player.on(Events.ERROR, (_event, data) => {
        if (!data.fatal || detached) return
        if (data.type === ErrorTypes.MEDIA_ERROR && mediaErrors < 2) {
          mediaErrors += 1
          player.recoverMediaError()
          return
        }
        options.onFatal(data.response?.code ?? null)
      })
      player.loadSource(options.url)
      player.attachMedia(video)
    })
    .catch(() => {
      hlsModule = null
      if (!detached) options.onFatal(null)
    })

  return {
    setBufferMode(next) {
      bufferMode = next
      if (hls) hls.config.maxBufferLength = seconds()
    },
    detach() {
      detached = true
      hls?.destroy()
      hls = null
    },
  }
}
