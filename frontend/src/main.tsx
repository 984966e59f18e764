import './styles/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { meQuery } from './api/me'
import { queryClient } from './app/queryClient'
import { router } from './app/router'
import { feedQuery } from './feed/feedQuery'
import { unlockSoundOnInteraction } from './player/sound'
import { loadHls } from './player/source'
import { loadTitleFont } from './styles/loadTitleFont'

// What the first page needs is asked for before anything is drawn; /me also brings the CSRF cookie.
void queryClient.prefetchQuery(meQuery)
if (location.pathname === '/') void queryClient.prefetchInfiniteQuery(feedQuery('now'))

unlockSoundOnInteraction()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
}

// After the first paint: the faces, and hls.js where the browser plays no HLS itself.
requestAnimationFrame(() => {
  setTimeout(() => {
    loadTitleFont()
    if (document.createElement('video').canPlayType('application/vnd.apple.mpegurl') === '')
      void loadHls()
  }, 0)
})
