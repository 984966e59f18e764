import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { PlaythroughSocket } from '../api/playthrough'
import { type SocketStatus, socketUrl } from '../api/socket'
import type { EpisodeCard, NextEpisode, Playback, PlaythroughState, SeriesDetail } from '../api/types'
import { useMessages } from '../i18n/messages'
import { notify } from '../ui/Notice'
import { Choices } from './Choices'
import { Finale } from './Finale'
import { watchMessages } from './messages'
import { Stage } from './Stage'
import { type OnStage, StageFilm } from './StageFilm'

interface PlaythroughProps {
  series: SeriesDetail
  opened: PlaythroughState
  /** The viewer has just seen the episode at which this way stands. */
  seen: boolean
  onNewRound: () => void
}

/** How long a line may be down before the viewer is told. */
const DROPPED_AFTER_MS = 1200

export function Playthrough({ series, opened, seen, onNewRound }: PlaythroughProps) {
  const t = useMessages(watchMessages)
  const [state, setState] = useState(opened)
  const [now, setNow] = useState<OnStage | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [seenEpisode, setSeenEpisode] = useState(seen ? opened.episode.id : null)
  const { socket, dropped } = usePlaythroughSocket(opened.id, {
    onState: (next) => {
      // A way may lead back to the episode that it comes from.
      if (next.seq > state.seq && next.episode.id === state.episode.id && !next.ended) now?.film.replay()
      setState(next)
      setChosen(null)
    },
    onRefused: (title) => {
      setChosen(null)
      notify(title)
    },
  })

  const { episode, playback, choices, ended } = state
  const onNow = now?.cutId === playback.cut_id ? now : null
  const over = seenEpisode === episode.id || onNow?.state === 'ended'
  const asking = over && choices.length > 0 && !ended
  const nextFilms = useWhatMayFollow(series, state, onNow?.state === 'playing' || asking)

  // A linear episode that is over goes on by itself.
  const goesOn = over && choices.length === 0 && !ended
  useEffect(() => {
    if (goesOn) socket.current?.finished(episode.id)
  }, [goesOn, episode.id, socket])

  const onStage = useCallback((next: OnStage) => setNow(next), [])
  const films = [
    { episode, playback },
    ...nextFilms.filter((film) => film.playback.cut_id !== playback.cut_id),
  ]
  const waitsToBeAsked = seenEpisode === episode.id

  return (
    <Stage
      series={series}
      episode={episode}
      playback={playback}
      now={onNow}
      asking={asking || ended}
      notice={dropped ? t('dropped') : null}
      films={films.map((film) => (
        <StageFilm
          key={film.playback.cut_id}
          title={series.title}
          episode={film.episode}
          playback={film.playback}
          part={film.episode.id === episode.id && !waitsToBeAsked ? 'active' : 'near'}
          onStage={onStage}
        />
      ))}
      over={
        ended ? (
          <Finale series={series} state={state} onNewRound={onNewRound} />
        ) : asking ? (
          <Choices
            choices={choices}
            chosen={chosen}
            notice={playback.ai_notice}
            poster={waitsToBeAsked ? playback.poster_url : null}
            onChoose={(id) => {
              setChosen(id)
              socket.current?.choose(id)
            }}
            onAgain={() => {
              setSeenEpisode(null)
              onNow?.film.replay()
            }}
          />
        ) : null
      }
    />
  )
}

function usePlaythroughSocket(
  id: string,
  on: { onState: (state: PlaythroughState) => void; onRefused: (title: string) => void },
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
      onState: (state) => {
        latest.current.onState(state)
        void client.invalidateQueries({ queryKey: ['continue-watching'] })
      },
      onRefused: (problem) => latest.current.onRefused(problem.title),
      onStatus: setStatus,
    })
    socket.current = made
    return () => made.close()
  }, [id, client])
  useEffect(() => {
    if (status === 'open') {
      setDropped(false)
      return
    }
    const timer = setTimeout(() => setDropped(true), DROPPED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [status])
  return { socket, dropped }
}

/** What may come after this episode, fetched while it plays, so that any way starts with no visible wait. */
function useWhatMayFollow(
  series: SeriesDetail,
  state: PlaythroughState,
  on: boolean,
): { episode: EpisodeCard; playback: Playback }[] {
  const targets = state.choices.flatMap((choice) => {
    const edge = series.choices.find((one) => one.id === choice.id)
    return series.episodes.filter((episode) => episode.id === edge?.to_episode_id)
  })
  const branches = useQueries({
    queries: [...new Map(targets.map((episode) => [episode.id, episode])).values()].map((episode) => ({
      queryKey: ['playback', episode.id],
      queryFn: async () => ({
        episode,
        playback: await api.get<Playback>(`/episodes/${episode.id}/playback`),
      }),
      enabled: on,
      staleTime: 60_000,
    })),
  })
  const linear = useQuery({
    queryKey: ['next-episode', state.episode.id],
    queryFn: () => api.get<NextEpisode | null>(`/episodes/${state.episode.id}/next`),
    enabled: on && state.choices.length === 0 && !state.ended,
    staleTime: 60_000,
  })
  const films = branches.flatMap((branch) => (branch.data ? [branch.data] : []))
  if (films.length === 0 && state.choices.length === 0 && linear.data) films.push(linear.data)
  return films
}
