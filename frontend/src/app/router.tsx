import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { consoleRoutes } from '../consoles/routes'
import { FeedPage, FollowingPage } from '../feed/FeedPage'
import type { TheatreSearch } from '../theatre/search'
import { CrashPage, NotFoundPage } from './ErrorPages'
import { Overlays } from './Overlays'
import { Shell } from './Shell'

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Overlays />
    </>
  ),
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

/** The viewer's pages stand in the Shell; the consoles have a layout of their own. */
const shell = createRoute({ getParentRoute: () => root, id: 'teahouse', component: Shell })

const feed = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: FeedPage,
})
const following = createRoute({
  getParentRoute: () => shell,
  path: '/following',
  component: FollowingPage,
})

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const theatre = createRoute({
  getParentRoute: () => shell,
  path: '/theatre',
  component: lazyRouteComponent(() => import('../theatre/TheatrePage'), 'TheatrePage'),
  validateSearch: (search: Record<string, unknown>): TheatreSearch => ({
    q: text(search.q),
    genre: text(search.genre),
  }),
})
const series = createRoute({
  getParentRoute: () => shell,
  path: '/series/$seriesId',
  component: lazyRouteComponent(() => import('../theatre/SeriesPage'), 'SeriesPage'),
})
const watch = createRoute({
  getParentRoute: () => root,
  path: '/watch/$seriesId/{-$episodeId}',
  component: lazyRouteComponent(() => import('../watch/WatchPage'), 'WatchPage'),
  // `seen`: the viewer comes from the end of this very episode, and goes on from there.
  validateSearch: (search: Record<string, unknown>): { seen?: boolean } =>
    search.seen === true ? { seen: true } : {},
})
const premiere = createRoute({
  getParentRoute: () => root,
  path: '/premiere/$premiereId',
  component: lazyRouteComponent(() => import('../premiere/PremierePage'), 'PremierePage'),
})

const me = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: lazyRouteComponent(() => import('../me/MePage'), 'MePage'),
})
const history = createRoute({
  getParentRoute: () => shell,
  path: '/me/history',
  component: lazyRouteComponent(() => import('../me/HistoryPage'), 'HistoryPage'),
})
const favourites = createRoute({
  getParentRoute: () => shell,
  path: '/me/favourites',
  component: lazyRouteComponent(() => import('../me/FavouritesPage'), 'FavouritesPage'),
})
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/me/settings',
  component: lazyRouteComponent(() => import('../me/SettingsPage'), 'SettingsPage'),
})
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/AccountPage'), 'AccountPage'),
})
const security = createRoute({
  getParentRoute: () => shell,
  path: '/me/security',
  beforeLoad: () => {
    throw redirect({ to: '/account', replace: true })
  },
})
// Where mails lead; the server's settings name these addresses.
const passwordReset = createRoute({
  getParentRoute: () => shell,
  path: '/password/reset',
  component: lazyRouteComponent(() => import('../account/PasswordResetPage'), 'PasswordResetPage'),
})
const newPassword = createRoute({
  getParentRoute: () => shell,
  path: '/password/reset/key/$key',
  component: lazyRouteComponent(() => import('../account/NewPasswordPage'), 'NewPasswordPage'),
})
const confirmEmail = createRoute({
  getParentRoute: () => shell,
  path: '/email/confirm/$key',
  component: lazyRouteComponent(() => import('../account/ConfirmEmailPage'), 'ConfirmEmailPage'),
})
const demoMails = createRoute({
  getParentRoute: () => shell,
  path: '/demo/mails',
  component: lazyRouteComponent(() => import('../account/DemoMailsPage'), 'DemoMailsPage'),
})

/** Where to go once signed in; only ever a path of this site. */
const backTo = (search: Record<string, unknown>): { next?: string } => {
  const next = text(search.next)
  return next?.startsWith('/') && !next.startsWith('//') ? { next } : {}
}
const signIn = createRoute({
  getParentRoute: () => shell,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../auth/SignInPage'), 'SignInPage'),
  validateSearch: backTo,
})
const signUp = createRoute({
  getParentRoute: () => shell,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('../auth/SignInPage'), 'SignUpPage'),
  validateSearch: backTo,
})
const aboutRecommendation = createRoute({
  getParentRoute: () => shell,
  path: '/about/recommendation',
  component: lazyRouteComponent(() => import('../about/RecommendationPage'), 'RecommendationPage'),
})
const aboutLabels = createRoute({
  getParentRoute: () => shell,
  path: '/about/labels',
  component: lazyRouteComponent(() => import('../about/LabelsPage'), 'LabelsPage'),
})
const notice = createRoute({
  getParentRoute: () => shell,
  path: '/rights/notice',
  component: lazyRouteComponent(() => import('../rights/NoticePage'), 'NoticePage'),
  validateSearch: (search: Record<string, unknown>): { series?: string } => ({
    series: text(search.series),
  }),
})
const filedNotice = createRoute({
  getParentRoute: () => shell,
  path: '/rights/claims/$secret',
  component: lazyRouteComponent(() => import('../rights/FiledNoticePage'), 'FiledNoticePage'),
})

const routeTree = root.addChildren([
  shell.addChildren([
    feed,
    following,
    theatre,
    series,
    me,
    history,
    favourites,
    settings,
    account,
    security,
    passwordReset,
    newPassword,
    confirmEmail,
    demoMails,
    signIn,
    signUp,
    aboutRecommendation,
    aboutLabels,
    notice,
    filedNotice,
  ]),
  watch,
  premiere,
  ...consoleRoutes(root),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
