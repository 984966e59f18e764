/**
 * Where the consoles stand. Each is a chunk of its own: Mantine is loaded there and nowhere else, and none of it is in
 * the viewer's first load.
 */
import { type AnyRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

const studioRoom = () => import('./studio/StudioConsole')
const writingRoom = () => import('./writing/WritingConsole')
const reviewRoom = () => import('./review/ReviewConsole')
const filingRoom = () => import('./filing/FilingConsole')
const rightsRoom = () => import('./rights/RightsConsole')
const opsRoom = () => import('./ops/OpsConsole')

export function consoleRoutes<Root extends AnyRootRoute>(root: Root) {
  const studio = createRoute({
    getParentRoute: () => root,
    path: '/studio',
    component: lazyRouteComponent(studioRoom, 'StudioConsole'),
  })
  const studioHome = createRoute({
    getParentRoute: () => studio,
    path: '/',
    component: lazyRouteComponent(studioRoom, 'StudioHome'),
  })
  const project = createRoute({
    getParentRoute: () => studio,
    path: '/projects/$projectId',
    component: lazyRouteComponent(studioRoom, 'ProjectPage'),
  })
  const studioSeries = createRoute({
    getParentRoute: () => studio,
    path: '/series/$seriesId',
    component: lazyRouteComponent(studioRoom, 'SeriesPage'),
  })
  // Beside the studio, not in it: who writes with a maker need not be one.
  const writing = createRoute({
    getParentRoute: () => root,
    path: '/studio/writing',
    component: lazyRouteComponent(writingRoom, 'WritingConsole'),
  })
  const writingBook = createRoute({
    getParentRoute: () => writing,
    path: '/$seriesId',
    component: lazyRouteComponent(writingRoom, 'WritingPage'),
  })
  const studioClaim = createRoute({
    getParentRoute: () => studio,
    path: '/claims/$claimId',
    component: lazyRouteComponent(studioRoom, 'StudioClaimPage'),
  })
  const review = createRoute({
    getParentRoute: () => root,
    path: '/review',
    component: lazyRouteComponent(reviewRoom, 'ReviewConsole'),
  })
  const reviewQueue = createRoute({
    getParentRoute: () => review,
    path: '/',
    component: lazyRouteComponent(reviewRoom, 'ReviewHome'),
  })
  const reviewRemarks = createRoute({
    getParentRoute: () => review,
    path: '/remarks',
    component: lazyRouteComponent(reviewRoom, 'RemarksPage'),
  })
  const reviewCase = createRoute({
    getParentRoute: () => review,
    path: '/$caseId',
    component: lazyRouteComponent(reviewRoom, 'CasePage'),
  })
  const filing = createRoute({
    getParentRoute: () => root,
    path: '/filing',
    component: lazyRouteComponent(filingRoom, 'FilingConsole'),
  })
  const filingList = createRoute({
    getParentRoute: () => filing,
    path: '/',
    component: lazyRouteComponent(filingRoom, 'FilingHome'),
  })
  const filingSeries = createRoute({
    getParentRoute: () => filing,
    path: '/$seriesId',
    component: lazyRouteComponent(filingRoom, 'FilingPage'),
  })
  const rights = createRoute({
    getParentRoute: () => root,
    path: '/rights',
    component: lazyRouteComponent(rightsRoom, 'RightsConsole'),
  })
  const rightsHome = createRoute({
    getParentRoute: () => rights,
    path: '/',
    component: lazyRouteComponent(rightsRoom, 'RightsHome'),
  })
  const rightsBlocks = createRoute({
    getParentRoute: () => rights,
    path: '/blocks',
    component: lazyRouteComponent(rightsRoom, 'BlocksPage'),
  })
  const rightsClaim = createRoute({
    getParentRoute: () => rights,
    path: '/desk/$claimId',
    component: lazyRouteComponent(rightsRoom, 'ClaimPage'),
  })
  const ops = createRoute({
    getParentRoute: () => root,
    path: '/ops',
    component: lazyRouteComponent(opsRoom, 'OpsConsole'),
  })
  const opsHome = createRoute({
    getParentRoute: () => ops,
    path: '/',
    component: lazyRouteComponent(opsRoom, 'OpsHome'),
  })
  const people = createRoute({
    getParentRoute: () => ops,
    path: '/people',
    component: lazyRouteComponent(opsRoom, 'PeoplePage'),
  })
  const person = createRoute({
    getParentRoute: () => ops,
    path: '/people/$userId',
    component: lazyRouteComponent(opsRoom, 'PersonPage'),
  })
  return [
    studio.addChildren([studioHome, project, studioSeries, studioClaim]),
    writing.addChildren([writingBook]),
    review.addChildren([reviewQueue, reviewRemarks, reviewCase]),
    filing.addChildren([filingList, filingSeries]),
    rights.addChildren([rightsHome, rightsBlocks, rightsClaim]),
    ops.addChildren([opsHome, people, person]),
  ] as const
}
