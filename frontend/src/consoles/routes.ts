/**
 * Where the consoles stand. Each is a chunk of its own: Mantine is loaded there and nowhere else,
 * and none of it is in the viewer's first load.
 */
import { type AnyRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

const loadStudio = () => import('./studio/StudioConsole')
const loadWriting = () => import('./writing/WritingConsole')
const loadReview = () => import('./review/ReviewConsole')
const loadFiling = () => import('./filing/FilingConsole')
const loadRights = () => import('./rights/RightsConsole')
const loadOps = () => import('./ops/OpsConsole')

export function consoleRoutes<Root extends AnyRootRoute>(root: Root) {
  const studio = createRoute({
    getParentRoute: () => root,
    path: '/studio',
    component: lazyRouteComponent(loadStudio, 'StudioConsole'),
  })
  const studioHome = createRoute({
    getParentRoute: () => studio,
    path: '/',
    component: lazyRouteComponent(loadStudio, 'StudioHome'),
  })
  const project = createRoute({
    getParentRoute: () => studio,
    path: '/projects/$projectId',
    component: lazyRouteComponent(loadStudio, 'ProjectPage'),
  })
  const studioSeries = createRoute({
    getParentRoute: () => studio,
    path: '/series/$seriesId',
    component: lazyRouteComponent(loadStudio, 'SeriesPage'),
  })
  // Beside the studio, not in it: who writes with a maker need not be one.
  const writing = createRoute({
    getParentRoute: () => root,
    path: '/studio/writing',
    component: lazyRouteComponent(loadWriting, 'WritingConsole'),
  })
  const writingBook = createRoute({
    getParentRoute: () => writing,
    path: '/$seriesId',
    component: lazyRouteComponent(loadWriting, 'WritingPage'),
  })
  const studioClaim = createRoute({
    getParentRoute: () => studio,
    path: '/claims/$claimId',
    component: lazyRouteComponent(loadStudio, 'StudioClaimPage'),
  })
  const review = createRoute({
    getParentRoute: () => root,
    path: '/review',
    component: lazyRouteComponent(loadReview, 'ReviewConsole'),
  })
  const reviewQueue = createRoute({
    getParentRoute: () => review,
    path: '/',
    component: lazyRouteComponent(loadReview, 'ReviewHome'),
  })
  const reviewSpeech = createRoute({
    getParentRoute: () => review,
    path: '/remarks',
    component: lazyRouteComponent(loadReview, 'SpeechPage'),
  })
  const reviewWords = createRoute({
    getParentRoute: () => review,
    path: '/words',
    component: lazyRouteComponent(loadReview, 'WordsPage'),
  })
  const reviewCase = createRoute({
    getParentRoute: () => review,
    path: '/$caseId',
    component: lazyRouteComponent(loadReview, 'CasePage'),
  })
  const filing = createRoute({
    getParentRoute: () => root,
    path: '/filing',
    component: lazyRouteComponent(loadFiling, 'FilingConsole'),
  })
  const filingList = createRoute({
    getParentRoute: () => filing,
    path: '/',
    component: lazyRouteComponent(loadFiling, 'FilingHome'),
  })
  const filingSeries = createRoute({
    getParentRoute: () => filing,
    path: '/$seriesId',
    component: lazyRouteComponent(loadFiling, 'FilingPage'),
  })
  const rights = createRoute({
    getParentRoute: () => root,
    path: '/rights',
    component: lazyRouteComponent(loadRights, 'RightsConsole'),
  })
  const rightsHome = createRoute({
    getParentRoute: () => rights,
    path: '/',
    component: lazyRouteComponent(loadRights, 'RightsHome'),
  })
  const rightsBlocks = createRoute({
    getParentRoute: () => rights,
    path: '/blocks',
    component: lazyRouteComponent(loadRights, 'BlocksPage'),
  })
  const rightsClaim = createRoute({
    getParentRoute: () => rights,
    path: '/desk/$claimId',
    component: lazyRouteComponent(loadRights, 'ClaimPage'),
  })
  const ops = createRoute({
    getParentRoute: () => root,
    path: '/ops',
    component: lazyRouteComponent(loadOps, 'OpsConsole'),
  })
  const opsHome = createRoute({
    getParentRoute: () => ops,
    path: '/',
    component: lazyRouteComponent(loadOps, 'OpsHome'),
  })
  const people = createRoute({
    getParentRoute: () => ops,
    path: '/people',
    component: lazyRouteComponent(loadOps, 'PeoplePage'),
  })
  const person = createRoute({
    getParentRoute: () => ops,
    path: '/people/$userId',
    component: lazyRouteComponent(loadOps, 'PersonPage'),
  })
  const neverList = createRoute({
    getParentRoute: () => ops,
    path: '/never',
    component: lazyRouteComponent(loadOps, 'NeverListPage'),
  })
  return [
    studio.addChildren([studioHome, project, studioSeries, studioClaim]),
    writing.addChildren([writingBook]),
    review.addChildren([reviewQueue, reviewSpeech, reviewWords, reviewCase]),
    filing.addChildren([filingList, filingSeries]),
    rights.addChildren([rightsHome, rightsBlocks, rightsClaim]),
    ops.addChildren([opsHome, people, person, neverList]),
  ] as const
}
