import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useMessages } from '../i18n/messages'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import { useMediaQuery } from '../ui/useMediaQuery'
import { useOnline } from '../ui/useOnline'
import { usePageTitle } from '../ui/usePageTitle'
import { FeedEnd } from './FeedEnd'
import { FeedEpisode } from './FeedEpisode'
import styles from './FeedPage.module.css'
import { FeedTabs } from './FeedTabs'
import { type FeedKind, feedQuery } from './feedQuery'
import { feedMessages } from './messages'
import { useFeedKeys } from './useFeedKeys'

const FeedEmpty = lazy(() => import('./FeedEmpty').then((file) => ({ default: file.FeedEmpty })))

/** How many films before the last one the next page is asked for. */
const ASK_AHEAD = 2
/** How far from the one on screen films are on the page; what is farther is an empty place. */
const MOUNTED_AROUND = 1
/** Where each feed was left, so that coming back finds the same film. */
const left: Record<FeedKind, number> = { now: 0, following: 0 }

export function FeedPage() {
  return <FeedScreen kind="now" />
}

export function FollowingPage() {
  return <FeedScreen kind="following" />
}

function FeedScreen({ kind }: { kind: FeedKind }) {
  const t = useMessages(feedMessages)
  const online = useOnline()
  usePageTitle(kind === 'now' ? t('pageTitle') : t('followingTitle'))
  const feed = useInfiniteQuery(feedQuery(kind))
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = feed
  const items = feed.data?.pages.flatMap((page) => page.results) ?? []

  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(left[kind])
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const count = items.length

  useEffect(() => {
    left[kind] = active
  }, [kind, active])

  // Coming back: the list is new, the place is not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the films are there.
  useEffect(() => {
    const element = list.current
    if (element && left[kind] > 0)
      element.scrollTop = Math.min(left[kind], count) * element.clientHeight
  }, [kind, count > 0])

  useEffect(() => {
    if (
      count > 0 &&
      active >= count - ASK_AHEAD &&
      hasNextPage &&
      !isFetchingNextPage &&
      !isFetchNextPageError
    ) {
      void fetchNextPage()
    }
  }, [active, count, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  const turnTo = useCallback(
    (index: number) => {
      const element = list.current
      if (!element || index < 0 || index > count) return
      element.scrollTo({
        top: index * element.clientHeight,
        behavior: still ? 'instant' : 'smooth',
      })
    },
    [count, still],
  )
  useFeedKeys({ next: () => turnTo(active + 1), previous: () => turnTo(active - 1) })

  if (feed.isPending) {
    return (
      <Screen kind={kind}>
        <Spinner />
      </Screen>
    )
  }
  if (feed.isError && count === 0) {
    return (
      <Screen kind={kind}>
        <ErrorState error={feed.error} onRetry={() => void feed.refetch()} />
      </Screen>
    )
  }
  if (count === 0) {
    return (
      <Screen kind={kind}>
        <Suspense fallback={<Spinner />}>
          <FeedEmpty kind={kind} />
        </Suspense>
      </Screen>
    )
  }
  return (
    <main className={styles.screen} id="content" tabIndex={-1}>
      <h1 className="unseen">{kind === 'now' ? t('pageTitle') : t('followingTitle')}</h1>
      <FeedTabs />
      {!online && (
        <p className={styles.offline} role="status">
          {t('offline')}
        </p>
      )}
      <div
        ref={list}
        className={styles.list}
        role="feed"
        aria-label={t('feedLabel')}
        aria-busy={isFetchingNextPage}
        onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
          setActive(Math.min(count, Math.max(0, Math.round(scrollTop / (clientHeight || 1)))))
        }
      >
        {items.map((item, index) => (
          <div key={item.impression_id} className={styles.slot}>
            {Math.abs(index - active) <= MOUNTED_AROUND && (
              <FeedEpisode
                item={item}
                place={index + 1}
                of={hasNextPage ? -1 : count}
                role={index === active ? 'active' : 'preload'}
                onNext={() => turnTo(index + 1)}
                onPrevious={index > 0 ? () => turnTo(index - 1) : undefined}
              />
            )}
          </div>
        ))}
        <div className={styles.slot}>
          <FeedEnd
            active={active === count}
            loading={isFetchingNextPage}
            error={isFetchNextPageError ? feed.error : null}
            more={hasNextPage}
            onRetry={() => void fetchNextPage()}
            onTop={() => turnTo(0)}
          />
        </div>
      </div>
    </main>
  )
}

function Screen({ kind, children }: { kind: FeedKind; children: React.ReactNode }) {
  return (
    <main
      className={`${styles.screen} ${styles.still}`}
      id="content"
      tabIndex={-1}
      data-kind={kind}
    >
      <FeedTabs />
      {children}
    </main>
  )
}
