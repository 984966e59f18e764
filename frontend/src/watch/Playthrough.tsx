import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type SocketStatus, socketUrl } from '../api/socket'
import type { EpisodeCard, Playback, PlaythroughState, SeriesDetail } from '../api/types'
import { continueWatchingQuery } from '../catalog/queries'
import { useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { type ActiveVideo, EpisodeVideo } from '../player/EpisodeVideo'
import { showToast } from '../ui/Toast'
import { EpisodeUnavailable } from './EpisodeUnavailable'
import { watchMessages } from './messages'
import { PlaythroughChoices } from './PlaythroughChoices'
import { PlaythroughEnd } from './PlaythroughEnd'
import { PlaythroughSocket, type RefusedProblem } from './playthroughSocket'
import { WatchLayout } from './WatchLayout'

interface PlaythroughProps {
  series: SeriesDetail
  opened: PlaythroughState
  /** The viewer has just seen the episode at which this way stands. */
  seen: boolean
  startMs: number
  onNewRound: () => void
}

/** How long a line may be down before the viewer is told. */
const DROPPED_AFTER_MS = 1200

export function Playthrough({ series, opened, seen, startMs, onNewRound }: PlaythroughProps) {
  const t = useMessages(watchMessages)
  const localized = useLocalizedText()
  const [state, setState] = useState(opened)
  const [now, setNow] = useState<ActiveVideo | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [seenEpisode, setSeenEpisode] = useState(seen ? opened.episode.id : null)
  const { socket, dropped } = usePlaythroughSocket(opened, {
    onState: (next) => {
      // A way may lead back to the episode that it comes from.
      if (next.seq > state.seq && next.episode.id === state.episode.id && !next.ended)
        now?.player.replay()
      if (next.seq > state.seq) {
        setChosen(null)
        setSeenEpisode(null)
      }
      setState(next)
    },
    onRefused: (problem) => {
      setChosen(null)
      showToast(problem.title ? localized(problem.title) : t('refused'))
    },
  })

  const { episode, playback, choices, ended } = state
  const onNow = now?.cutId === playback?.cut_id ? now : null
  const waitsToBeAsked = seenEpisode === episode.id
  const over = waitsToBeAsked || onNow?.state === 'ended'
  const asking = over && choices.length > 0 && !ended

  // A linear episode that is over goes on by itself.
  const goesOn = over && choices.length === 0 && !ended
  useEffect(() => {
    if (goesOn) socket.current?.finished(episode.id)
  }, [goesOn, episode.id, socket])

  const onActive = useCallback((next: ActiveVideo) => setNow(next), [])
  if (!playback) return <EpisodeUnavailable series={series} />

  return (
    <WatchLayout
      series={series}
      episode={episode}
      playback={playback}
      now={onNow}
      asking={asking || ended}
      notice={dropped ? t('dropped') : null}
      films={[{ episode, playback }, ...whatMayFollow(series, state)].map((film) => (
        <EpisodeVideo
          key={film.playback.cut_id}
          title={series.title}
          episode={film.episode}
          playback={film.playback}
          role={
            film.playback.cut_id === playback.cut_id && !waitsToBeAsked && !ended
              ? 'active'
              : 'preload'
          }
          shown={film.playback.cut_id === playback.cut_id}
          startMs={film.episode.id === opened.episode.id ? startMs : 0}
          onActive={onActive}
        />
      ))}
      over={
        ended ? (
          <PlaythroughEnd
            series={series}
            path={state.path}
            notice={playback.ai_notice}
            onNewRound={onNewRound}
          />
        ) : asking ? (
          <PlaythroughChoices
            choices={choices}
            chosen={chosen}
            notice={playback.ai_notice}
            onChoose={(id) => {
              setChosen(id)
              socket.current?.choose(id)
            }}
            onAgain={() => {
              setSeenEpisode(null)
              onNow?.player.replay()
            }}
          />
        ) : null
      }
    />
  )
}

function usePlaythroughSocket(
  { id, seq }: PlaythroughState,
  on: { onState: (state: PlaythroughState) => void; onRefused: (problem: RefusedProblem) => void },
) {
  const client = useQueryClient()
  const socket = useRef<PlaythroughSocket | null>(null)
  const latest = useRef(on)
  const [status, setStatus] = useState<SocketStatus>('connecting')
  const [dropped, setDropped] = useState(false)
  useEffect(() => {
    latest.current = on
  })
  useEffect(() => {
    const made = new PlaythroughSocket({
      url: socketUrl(`/ws/playthroughs/${id}/`),
      seq,
      onState: (state) => {
        latest.current.onState(state)
        void client.invalidateQueries({ queryKey: continueWatchingQuery.queryKey })
      },
      onRefused: (problem) => latest.current.onRefused(problem),
      onStatus: setStatus,
    })
    socket.current = made
    return () => made.close()
  }, [id, seq, client])
  // Every try to come back changes the status; only open or not counts for the word about it.
  const open = status === 'open'
  useEffect(() => {
    if (open) {
      setDropped(false)
      return
    }
    const timer = setTimeout(() => setDropped(true), DROPPED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [open])
  return { socket, dropped }
}

/**
 * What may come after this episode, held ready while it plays, so that any way starts with no
 * visible wait. The state names the films of its choices in their order, or the one that follows by
 * number.
 */
function whatMayFollow(
  series: SeriesDetail,
  state: PlaythroughState,
): { episode: EpisodeCard; playback: Playback }[] {
  const { episode, choices, upcoming, playback } = state
  const later = series.episodes
    .filter(({ number }) => number > episode.number)
    .sort((a, b) => a.number - b.number)
  const way = series.choices.find(
    (choice) => choice.from_episode_id === episode.id && choice.text === '',
  )
  const ahead =
    choices.length > 0
      ? choices.map((choice) => choice.to_episode_id)
      : [way?.to_episode_id ?? later[0]?.id]
  if (ahead.length !== upcoming.length) return []
  const films = new Map<string, { episode: EpisodeCard; playback: Playback }>()
  for (const [index, film] of upcoming.entries()) {
    const next = series.episodes.find(({ id }) => id === ahead[index])
    if (next && film.cut_id !== playback?.cut_id)
      films.set(film.cut_id, { episode: next, playback: film })
  }
  return [...films.values()]
}
