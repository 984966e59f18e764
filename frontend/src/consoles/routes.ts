/**
 * Where the consoles stand. Each is a chunk of its own (Mantine is loaded there and nowhere else) and draws its own
 * room below its path; `*` below a console is the console's to read.
 */
import { type AnyRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

const studioRoom = () => import('./studio/StudioConsole')

export function consoleRoutes<Root extends AnyRootRoute>(root: Root) {
  const studio = createRoute({
    getParentRoute: () => root,
    path: '/studio',
    component: lazyRouteComponent(studioRoom, 'StudioConsole'),
  })
  const studioRooms = createRoute({
    getParentRoute: () => root,
    path: '/studio/$',
    component: lazyRouteComponent(studioRoom, 'StudioConsole'),
  })
  return [studio, studioRooms] as const
}
