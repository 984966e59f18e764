import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { type RenderResult, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { ToastHost } from '../ui/Toast'

/**
 * Renders with what the app always has around a component: a router, a query client, toasts.
 * `routePath` is the pattern of the component's own route, where it reads parameters from it.
 */
export function renderInApp(children: ReactNode, path = '/', routePath?: string): RenderResult {
  const root = createRootRoute({
    component: () => (
      <>
        {routePath ? <Outlet /> : children}
        <ToastHost />
      </>
    ),
    notFoundComponent: () => null,
  })
  if (routePath)
    root.addChildren([
      createRoute({ getParentRoute: () => root, path: routePath, component: () => children }),
    ])
  const router = createRouter({
    routeTree: root,
    history: createMemoryHistory({ initialEntries: [path] }),
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
}
